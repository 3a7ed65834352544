package dev.troupe.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CallSerializerTest {
  private @Nullable ActorTestKit testKit;
  private @Nullable CallSerializer serializer;

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
    serializer = new CallSerializer((ExtendedActorSystem) Adapter.toClassic(testKit.system()));
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private ServiceRequest request(Map<String, String> query, JsonBytes data) {
    return new ServiceRequest(
        -5,
        "request-7",
        "get_user",
        Map.of("user_id", "1"),
        query,
        data,
        1_767_323_045_678L,
        "key-1",
        new Preconditions("\"3\"", null),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        caller());
  }

  private ActorRef<ServiceReply> caller() {
    return testKit.<ServiceReply>createTestProbe().getRef();
  }

  private List<WireMessage> messages() {
    ServiceRequest request = request(Map.of("limit", "5"), JsonBytes.of("{\"a\":1}"));
    return List.of(
        request,
        ServiceReply.error(request, ReplyStatus.CONFLICT, "the name is taken"),
        new ServiceReply(
            1, "r", ReplyStatus.OK, JsonBytes.of("{}"), null, Map.of("ETag", "\"3\"")));
  }

  @Test
  void aMessageIsReadFromTheMiddleOfABuffer() throws NotSerializableException {
    for (WireMessage message : messages()) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
      buffer.position(100);
      serializer.toBinary(message, buffer);
      buffer.flip().position(100);

      assertThat(serializer.fromBinary(buffer, serializer.manifest(message))).isEqualTo(message);
      assertThat(buffer.remaining()).isZero();
    }
  }

  @Test
  void parametersMayBeLongerThanTheFirstGuess() throws NotSerializableException {
    ServiceRequest message =
        request(Map.of("text", "ü".repeat(5000)), JsonBytes.of("x".repeat(3000)));

    byte[] bytes = serializer.toBinary(message);

    assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
  }

  @Test
  void aMessageLargerThanTheFrameSaysSoToPekko() {
    ServiceRequest message = request(Map.of(), JsonBytes.of("x".repeat(3000)));

    assertThatThrownBy(() -> serializer.toBinary(message, ByteBuffer.allocate(3000)))
        .isInstanceOf(BufferOverflowException.class);
  }

  @Test
  void aMessageCutAnywhereIsRefused() {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      IntStream.range(0, bytes.length)
          .mapToObj(length -> Arrays.copyOf(bytes, length))
          .forEach(cut -> assertRefused(cut, serializer.manifest(message)));
    }
  }

  @Test
  void aLengthThatCannotBeIsRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = serializer.toBinary(request(Map.of(), JsonBytes.EMPTY));
    int lengthOfRequestId = 2 * Long.BYTES;
    for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      ByteBuffer.wrap(bytes).putInt(lengthOfRequestId, length);

      assertThatThrownBy(() -> serializer.fromBinary(bytes, "request-1"))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("requestId of " + length + " bytes (expected: 0 to the ");
    }
  }

  @Test
  void aStatusOfALaterVersionIsNamed() {
    ServiceReply reply = new ServiceReply(1, "r", ReplyStatus.CONFLICT, JsonBytes.EMPTY, null);
    byte[] bytes = serializer.toBinary(reply);
    bytes[Long.BYTES + Integer.BYTES + 1 + Integer.BYTES] = 'X';

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "reply-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage("status 'XONFLICT' (expected: one this version knows)");
  }

  @Test
  void aManifestOfALaterVersionIsNamed() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "request-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("'request-2' (expected: request-1 or reply-1)");
  }

  @Test
  void aFieldAppendedByALaterVersionIsLeftUnread() throws NotSerializableException {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 7);

      assertThat(serializer.fromBinary(longer, serializer.manifest(message))).isEqualTo(message);
    }
  }

  @Test
  void callersAreToldApartHoweverManyThereAre() throws NotSerializableException {
    List<ServiceRequest> requests =
        Stream.generate(() -> request(Map.of(), JsonBytes.EMPTY)).limit(600).toList();
    List<byte[]> written = requests.stream().map(serializer::toBinary).toList();
    for (int i = 0; i < requests.size(); i++) {
      assertThat(serializer.fromBinary(written.get(i), "request-1")).isEqualTo(requests.get(i));
    }
  }

  private void assertRefused(byte[] bytes, String manifest) {
    assertThatThrownBy(() -> serializer.fromBinary(bytes, manifest))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("(expected: ");
  }
}
