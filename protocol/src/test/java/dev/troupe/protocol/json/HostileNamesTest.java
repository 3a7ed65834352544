package dev.troupe.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one client sends has no effect on how another client's document is read. */
final class HostileNamesTest {
  private static final int DOCUMENTS = 10_000;
  private static final int NAMES = 300;

  private final Random random = new Random(9);

  @Test
  void documentsFullOfNewNamesDoNotSpoilLaterOnes() throws IOException {
    byte[] valid = "{\"username\":\"ada\",\"email\":\"ada@example.org\"}".getBytes(UTF_8);

    for (int i = 0; i < DOCUMENTS; i++) {
      Json.MAPPER.readTree(hostile(i));
      JsonNode read = Json.MAPPER.readTree(valid);
      assertThat(read.path("email").textValue()).isEqualTo("ada@example.org");
    }
  }

  @Test
  void namesThatHashAlikeAreReadInReasonableTime() throws IOException {
    // "Aa" and "BB" have the same hash code, and so has each row of them.
    Set<String> alike = Set.of("");
    for (int i = 0; i < 13; i++) {
      alike =
          alike.stream()
              .flatMap(name -> Stream.of(name + "Aa", name + "BB"))
              .collect(Collectors.toSet());
    }
    String document =
        alike.stream().map(name -> '"' + name + "\":1").collect(Collectors.joining(",", "{", "}"));

    assertThat(Json.MAPPER.readTree(document.getBytes(UTF_8))).hasSize(8192);
  }

  // Of all lengths, and many that differ in few bits: a table of names hashes both badly.
  private byte[] hostile(int document) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < NAMES; i++) {
      text.append(i == 0 ? "\"" : ",\"").append(Integer.toString(document * NAMES + i, 36));
      for (int more = random.nextInt(8); more > 0; more--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append("_\":1");
    }
    return text.append('}').toString().getBytes(UTF_8);
  }
}
