package dev.troupe.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.troupe.cli.display.Slots;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlError;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlClientTest {
  @TempDir private Path run;
  private final ControlServer server = new ControlServer();
  private final ControlClient client = new ControlClient(server.file());

  ControlClientTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theStatusIsAskedForWithTheToken() throws ControlException {
    ClusterStatus status = new ClusterStatus(null, List.of(Slots.running("seed-1", 7)));
    server.answer(200, status);

    assertThat(client.status()).isEqualTo(status);
    assertThat(server.calls()).containsExactly("GET /status Bearer secret");
  }

  @Test
  void stopAndRestartArePosted() throws ControlException {
    server.answerNothing(202);

    client.stop();
    client.restart("User Service");

    assertThat(server.calls())
        .containsExactly("POST /stop Bearer secret", "POST /restart/User%20Service Bearer secret");
  }

  @Test
  void anUnknownNameIsToldWithTheSeedsOwnWords() {
    server.answer(404, new ControlError("there is no X; there are: seed-1"));

    ControlException refusal =
        catchThrowableOfType(ControlException.class, () -> client.restart("X"));

    assertThat(refusal).hasMessage("there is no X; there are: seed-1");
    assertThat(refusal.isUnknownName()).isTrue();
    assertThat(refusal.isRefusal()).isTrue();
  }

  @Test
  void aRefusalWithoutAMessageIsToldByItsStatus() {
    server.answerNothing(500);

    assertThat(catchThrowableOfType(ControlException.class, client::stop))
        .hasMessageContaining("HTTP 500");
  }

  @Test
  void whatIsNotAStatusIsNotTakenForOne() {
    server.answer(200, Map.of("slots", 7));

    assertThat(catchThrowableOfType(ControlException.class, client::status))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aSeedNodeThatIsGoneDoesNotAnswer() {
    server.close();

    ControlException silence = catchThrowableOfType(ControlException.class, client::status);

    assertThat(silence).hasMessageContaining("does not answer");
    assertThat(silence.isRefusal()).isFalse();
  }

  @Test
  void anotherProgramAtThePortIsRecognisedAndNeverSeesTheToken() {
    server.becomeForeign();
    server.answer(200, new ClusterStatus(null, List.of(Slots.running("seed-1", 7))));

    ControlException foreign = catchThrowableOfType(ControlException.class, client::status);

    assertThat(foreign).hasMessageContaining("another program listens at http://127.0.0.1:");
    assertThat(foreign.isRefusal()).isFalse();
    assertThat(server.calls()).singleElement().asString().endsWith(" null");
  }

  @Test
  void aProofOfAnotherTokenIsNone() {
    server.becomeForeign();
    server.answer(200, ControlProof.of("guess", "any"));

    assertThat(catchThrowableOfType(ControlException.class, client::stop))
        .hasMessageContaining("another program");
    assertThat(server.calls()).noneMatch(call -> call.contains("secret"));
  }

  @Test
  void aMissingOrCorruptControlFileIsNone() throws IOException {
    assertThat(ControlClient.of(run)).isEmpty();

    Files.writeString(run.resolve(ControlFile.NAME), "{\"url\":");
    assertThat(ControlClient.of(run)).isEmpty();
  }

  @Test
  void theControlFileSaysWhereToAsk() throws IOException, ControlException {
    server.writeControlFile(run);
    server.answerNothing(202);

    ControlClient found = ControlClient.of(run).orElseThrow();
    found.stop();

    assertThat(found.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void aControlFileWithANonsensicalUrlDoesNotAnswer() {
    ControlClient odd = new ControlClient(new ControlFile("not a url", "secret", 1));

    assertThat(catchThrowableOfType(ControlException.class, odd::status))
        .hasMessageContaining("does not answer");
  }
}
