package dev.troupe.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.ChunkRequest;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.StreamChunk;
import dev.troupe.protocol.call.StreamEnd;
import dev.troupe.protocol.call.StreamPart;
import dev.troupe.protocol.json.JsonBytes;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The messages that carry a stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamMessagesTest {
  private ActorTestKit kit;
  private CallSerializer serializer;

  @BeforeAll
  void start() {
    kit = ActorTestKit.create();
    serializer = new CallSerializer((ExtendedActorSystem) Adapter.toClassic(kit.system()));
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  private List<WireMessage> messages() {
    return List.of(
        new ChunkRequest(1L << 40, kit.<StreamPart>createTestProbe().getRef()),
        new StreamChunk(1L << 33, JsonBytes.of("bytes")),
        new StreamEnd(7, null),
        new StreamEnd(0, "the disk is full"));
  }

  private ServiceReply reply() {
    return new ServiceReply(
            1, "r", ReplyStatus.OK, JsonBytes.EMPTY, null, Map.of("Content-Type", "a/b"))
        .withStream(new BodyStream("a/b", 1L << 40, kit.<ChunkRequest>createTestProbe().getRef()));
  }

  @Test
  void eachMessageIsReadAsItWasWritten() throws NotSerializableException {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
    }
  }

  @Test
  void aMessageCutAnywhereIsRefused() {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> serializer.fromBinary(cut, serializer.manifest(message)))
            .isInstanceOf(NotSerializableException.class);
      }
    }
  }

  @Test
  void aReplySaysWhereItsBodyComesFrom() throws NotSerializableException {
    ServiceReply reply = reply();
    byte[] bytes = serializer.toBinary(reply);
    assertThat(serializer.fromBinary(bytes, serializer.manifest(reply))).isEqualTo(reply);
  }

  @Test
  void aRequestSaysWhereItsBodyComesFrom() throws NotSerializableException {
    ServiceRequest request =
        new ServiceRequest(
            1,
            "r",
            "put_file",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.NEVER,
            null,
            null,
            null,
            null,
            null,
            new BodyStream("a/b", BodyStream.UNKNOWN, kit.<ChunkRequest>createTestProbe().getRef()),
            Map.of(),
            kit.<ServiceReply>createTestProbe().getRef());
    byte[] bytes = serializer.toBinary(request);
    assertThat(serializer.fromBinary(bytes, serializer.manifest(request)))
        .usingRecursiveComparison()
        .ignoringFields("deadline")
        .isEqualTo(request);
  }

  @Test
  void aReplyCutInItsStreamIsAnError() throws NotSerializableException {
    ServiceReply reply = reply();
    byte[] bytes = serializer.toBinary(reply);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(serializer.fromBinary(cut, serializer.manifest(reply)))
        .isInstanceOfSatisfying(
            ServiceReply.class, read -> assertThat(read.status()).isEqualTo(ReplyStatus.FAILED));
  }
}
