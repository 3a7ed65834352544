package dev.troupe.seed.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.adoption.SavedState.SavedSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFileTest {
  static final SavedState STATE =
      new SavedState(
          List.of(
              new SavedSlot(
                  "UserService-1",
                  3,
                  4711,
                  Instant.parse("2026-01-01T00:00:00.120Z"),
                  "5f1c2f5a-6a1d-4a57-8a71-1f6c0f0f8a10:4711",
                  "pekko://troupe@127.0.0.1:25001",
                  true)),
          Map.of("UserService-1", 3, "gateway-1", 7),
          Map.of("UserService", 2),
          List.of("pekko://troupe@127.0.0.1:25002"));

  @TempDir private Path run;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    StateFile file = new StateFile(run);

    file.write(STATE);

    assertThat(file.read()).isEqualTo(STATE);
  }

  @Test
  void aFileOfAVersionThatKnewOnlyTimesOfDayIsRead() throws IOException {
    String json =
        "{'slots':[{'slot':'A-1','generation':1,'pid':7,"
            + "'started_at':'2026-01-01T00:00:00Z','address':'a','joined':true}],"
            + "'generations':{}}";
    Files.writeString(run.resolve("state.json"), json.replace('\'', '"'));

    assertThat(new StateFile(run).read().slots())
        .containsExactly(
            new SavedSlot("A-1", 1, 7, Instant.parse("2026-01-01T00:00:00Z"), null, "a", true));
  }

  @Test
  void theLastWriteHoldsAndLeavesNothingBeside() throws IOException {
    StateFile file = new StateFile(run);

    file.write(STATE);
    file.write(SavedState.NOTHING);

    assertThat(file.read()).isEqualTo(SavedState.NOTHING);
    assertThat(run.toFile().list()).containsExactly("state.json");
  }

  @Test
  void aWriteThatWasCutOffLeavesTheStateBefore() throws IOException {
    StateFile file = new StateFile(run);
    file.write(STATE);

    Files.writeString(run.resolve("state.json.new"), "{\"slots\":[{\"slo");

    assertThat(file.read()).isEqualTo(STATE);
  }

  @Test
  void whatIsSavedAfterTheOrderedStopDoesNotBringItBack() throws IOException {
    StateFile file = new StateFile(run);
    file.write(STATE);

    file.delete();
    file.write(STATE);

    assertThat(run.resolve("state.json")).doesNotExist();
  }

  @Test
  void aMissingFileIsNoState() throws IOException {
    assertThat(new StateFile(run).read()).isEqualTo(SavedState.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "\0\0\0\0", "{\"slots\":[{}],\"generations\":1}"})
  void aFileThatCannotBeReadIsSetAside(String content) throws IOException {
    Files.writeString(run.resolve("state.json"), content);
    StateFile file = new StateFile(run);

    assertThat(file.read()).isEqualTo(SavedState.NOTHING);

    assertThat(run.resolve("state.json")).doesNotExist();
    assertThat(run.resolve("state.json.corrupt")).hasContent(content);
    file.write(STATE);
    assertThat(file.read()).isEqualTo(STATE);
  }

  @Test
  void aDeletedFileIsNoState() throws IOException {
    StateFile file = new StateFile(run);
    file.write(STATE);

    file.delete();
    file.delete();

    assertThat(file.read()).isEqualTo(SavedState.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'slots':[],'generations':{},'scaled':{'UserService':64000}}",
        "{'slots':[],'generations':{},'scaled':{'UserService':-1}}",
        "{'slots':[],'generations':{'UserService-1':2147483647},'scaled':{}}",
        "{'slots':[],'generations':{'UserService-1':-1},'scaled':{}}",
        "{'slots':[{'slot':'A-1','generation':2000000000,'pid':7,"
            + "'started_at':'2026-01-01T00:00:00Z','address':'a','joined':true}],"
            + "'generations':{},'scaled':{}}",
        "{'slots':[{'slot':'A-1','generation':1,'pid':-7,"
            + "'started_at':'2026-01-01T00:00:00Z','address':'a','joined':true}],"
            + "'generations':{},'scaled':{}}"
      })
  void aFileWithValuesNoSeedNodeWritesIsSetAside(String content) throws IOException {
    String json = content.replace('\'', '"');
    Files.writeString(run.resolve("state.json"), json);

    assertThat(new StateFile(run).read()).isEqualTo(SavedState.NOTHING);

    assertThat(run.resolve("state.json.corrupt")).hasContent(json);
  }

  @Test
  void theFaultIsNamedWithWhatWasExpected() {
    SavedState state =
        new SavedState(List.of(), Map.of(), Map.of("UserService", 64_000), List.of());

    assertThat(SavedStateCheck.faultOf(state))
        .hasValue("scaled of UserService: 64000 (expected: 0 to 64)");
    assertThat(SavedStateCheck.faultOf(STATE)).isEmpty();
  }
}
