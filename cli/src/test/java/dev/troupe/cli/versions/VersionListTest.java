package dev.troupe.cli.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.ServiceVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VersionListTest {
  private static final ServiceVersion ABOUT =
      new ServiceVersion(
          Instant.parse("2026-01-02T03:04:05Z"), "/jars/\"a\".jar", "1.2", new TreeMap<>());
  private static final VersionList LIST =
      new VersionList(
          "Shop",
          List.of(
              new VersionList.Version("0a1b", Optional.empty(), false, List.of()),
              new VersionList.Version("2c3d", Optional.of(ABOUT), true, List.of("Shop-1"))),
          List.of("Shop-2"));

  @Test
  void programsGetEachVersionWithItsSlots() throws IOException {
    assertThat(LIST.json())
        .isEqualTo(
            "{\"service\":\"Shop\",\"versions\":["
                + "{\"version\":\"0a1b\",\"current\":false,\"damaged\":true,\"slots\":[]},"
                + "{\"version\":\"2c3d\",\"current\":true,\"damaged\":false,\"slots\":[\"Shop-1\"],"
                + "\"taken_at\":\"2026-01-02T03:04:05Z\",\"states\":\"1.2\","
                + "\"from\":\"/jars/\\\"a\\\".jar\"}],"
                + "\"other_slots\":[\"Shop-2\"]}");
  }

  @Test
  void peopleGetATableThatNamesTheRemedyOfADamagedVersion() {
    assertThat(LIST.lines()).hasSize(3);
    assertThat(LIST.lines().get(1)).startsWith("0a1b").contains("damaged: take its jars in again");
    assertThat(LIST.lines().get(2)).contains("yes", "Shop-1", "1.2");
  }
}
