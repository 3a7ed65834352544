package dev.troupe.protocol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.WireMessage;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.UnreadableRequest;
import dev.troupe.protocol.call.VersionMismatch;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CallSerializerTest {
  private static final String CLIENT = "192.0.2.7";
  private static final TraceContext TRACE =
      new TraceContext(0x0af7651916cd43ddL, -1, 7, true, false, "acme=1");

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
    return request(QueryParameters.of(query), data);
  }

  private ServiceRequest request(QueryParameters query, JsonBytes data) {
    return new ServiceRequest(
        -5,
        "request-7",
        "get_user",
        Map.of("user_id", "1"),
        query,
        data,
        Deadline.after(Duration.ofSeconds(20)),
        "key-1",
        new Preconditions("\"3\"", null),
        TRACE,
        CLIENT,
        caller());
  }

  private ActorRef<ServiceReply> caller() {
    return testKit.<ServiceReply>createTestProbe().getRef();
  }

  private ActorRef<PartRequest> source() {
    return testKit.<PartRequest>createTestProbe().getRef();
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

      assertSame(serializer.fromBinary(buffer, serializer.manifest(message)), message);
      assertThat(buffer.remaining()).isZero();
    }
  }

  @Test
  void parametersMayBeLongerThanTheFirstGuess() throws NotSerializableException {
    ServiceRequest message =
        request(Map.of("text", "ü".repeat(5000)), JsonBytes.of("x".repeat(3000)));

    byte[] bytes = serializer.toBinary(message);

    assertSame(serializer.fromBinary(bytes, serializer.manifest(message)), message);
  }

  @Test
  void aMessageLargerThanTheFrameSaysSoToPekko() {
    ServiceRequest message = request(Map.of(), JsonBytes.of("x".repeat(3000)));

    assertThatThrownBy(() -> serializer.toBinary(message, ByteBuffer.allocate(3000)))
        .isInstanceOf(BufferOverflowException.class);
  }

  @Test
  void aMessageCutAnywhereIsRefused() throws NotSerializableException {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        if (message instanceof ServiceReply reply && length >= Long.BYTES) {
          if (length == bytes.length - 1) {
            // The last field of those who know no streams is the one before.
            assertSame(serializer.fromBinary(cut, "reply-1"), message);
            continue;
          }
          // Dropped, it would be a reply that its caller waits for.
          assertThat(serializer.fromBinary(cut, "reply-1"))
              .isInstanceOfSatisfying(
                  ServiceReply.class,
                  unread -> {
                    assertThat(unread.correlationId()).isEqualTo(reply.correlationId());
                    assertThat(unread.status()).isEqualTo(ReplyStatus.FAILED);
                    assertThat(unread.message()).contains("cannot be read", "(expected: ");
                  });
        } else {
          assertRefused(cut, serializer.manifest(message));
        }
      }
    }
  }

  @Test
  void aQueryKeepsTheOrderOfRepeatedParameters() throws NotSerializableException {
    QueryParameters.Builder query = new QueryParameters.Builder();
    query.add("tag", "b");
    query.add("limit", "5");
    query.add("tag", "a");
    query.add("tag", "b");
    ServiceRequest message = request(query.build(), JsonBytes.EMPTY);

    byte[] bytes = serializer.toBinary(message);

    assertSame(serializer.fromBinary(bytes, "request-3"), message);
    int headers = Integer.BYTES;
    int repeated = headers + Integer.BYTES + 3 * (2 * Integer.BYTES + 4);
    for (int length = bytes.length - repeated + 1; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), "request-3");
    }
    for (int count : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      ByteBuffer.wrap(bytes).putInt(bytes.length - repeated, count);
      assertRefused(bytes, "request-3");
    }
  }

  @Test
  void headersFollowAQueryWithoutRepeatedParameters() throws Exception {
    ServiceRequest bare = request(Map.of("limit", "1"), JsonBytes.EMPTY);
    ServiceRequest withHeaders =
        new ServiceRequest(
            bare.correlationId(),
            bare.requestId(),
            bare.action(),
            bare.path(),
            bare.query(),
            bare.data(),
            bare.deadline(),
            bare.idempotencyKey(),
            bare.preconditions(),
            bare.trace(),
            bare.client(),
            "principal-1",
            null,
            Map.of("accept-language", "de"),
            bare.replyTo());

    byte[] bytes = serializer.toBinary(withHeaders);
    ServiceRequest read =
        (ServiceRequest) serializer.fromBinary(bytes, serializer.manifest(withHeaders));

    assertThat(read.headers()).isEqualTo(Map.of("accept-language", "de"));
    assertThat(read.principal()).isEqualTo("principal-1");
    assertThat(read.trace()).isEqualTo(TRACE);
    assertThat(read.query()).isEqualTo(bare.query());
  }

  @Test
  void whatIsNoAddressIsCut() {
    ServiceRequest message =
        new ServiceRequest(
            1,
            "r",
            "a",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.after(Duration.ofSeconds(20)),
            null,
            null,
            null,
            "x".repeat(100_000),
            caller());
    assertThat(message.client()).hasSize(ServiceRequest.LONGEST_CLIENT);
  }

  @Test
  void aLengthThatCannotBeIsRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = serializer.toBinary(request(Map.of(), JsonBytes.EMPTY));
    int lengthOfReplyTo = Long.BYTES;
    for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      ByteBuffer.wrap(bytes).putInt(lengthOfReplyTo, length);

      assertThatThrownBy(() -> serializer.fromBinary(bytes, "request-3"))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("replyTo of " + length + " bytes (expected: 0 to the ");
    }
  }

  @Test
  void aStatusOfALaterVersionIsNamed() throws NotSerializableException {
    ServiceReply reply = new ServiceReply(1, "r", ReplyStatus.CONFLICT, JsonBytes.EMPTY, null);
    byte[] bytes = serializer.toBinary(reply);
    bytes[Long.BYTES + Integer.BYTES + 1 + Integer.BYTES] = 'X';

    assertThat(serializer.fromBinary(bytes, "reply-1"))
        .isEqualTo(
            new ServiceReply(
                1,
                "",
                ReplyStatus.FAILED,
                JsonBytes.EMPTY,
                "a reply that cannot be read came back: status 'XONFLICT' (expected: one this"
                    + " version knows)"));
  }

  @Test
  void aManifestOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "question-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("'question-1' (expected: request-3 or reply-1)");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 1_000_000})
  void theCallerOfARequestOfAnotherVersionCanBeAnswered(int version)
      throws NotSerializableException {
    ServiceRequest request = request(Map.of(), JsonBytes.EMPTY);
    LargeRequest large = new LargeRequest(request, 3_000_000, source());
    UnreadableRequest expected =
        new UnreadableRequest(-5, request.replyTo(), new VersionMismatch("request", version, 3));

    assertThat(serializer.fromBinary(serializer.toBinary(request), "request-" + version))
        .isEqualTo(expected);
    assertThat(serializer.fromBinary(serializer.toBinary(large), "large-request-" + version))
        .isEqualTo(expected);
  }

  @Test
  void theCallerOfARequestOfTheFirstVersionCanBeAnswered() throws NotSerializableException {
    ActorRef<ServiceReply> caller = caller();
    String address = ActorRefResolver.get(testKit.system()).toSerializationFormat(caller);
    ByteBuffer first = ByteBuffer.allocate(1000).putLong(7).putLong(1_767_323_045_678L);
    Fields.writeText(first, "r1");
    Fields.writeText(first, "get_user");
    Fields.writeMap(first, Map.of("user_id", "1"));
    Fields.writeMap(first, Map.of());
    Fields.writeBytes(first, new byte[] {1, 2});
    for (String optional : new String[] {"key", null, null, "trace"}) {
      Fields.writeText(first, optional);
    }
    Fields.writeText(first, address);

    Object read = serializer.fromBinary(first.flip(), "request-1");

    assertThat(read)
        .isInstanceOfSatisfying(
            UnreadableRequest.class,
            unreadable -> {
              assertThat(unreadable.correlationId()).isEqualTo(7);
              assertThat(unreadable.replyTo()).isEqualTo(caller);
              assertThat(unreadable.problem()).isEqualTo(new VersionMismatch("request", 1, 3));
            });
  }

  @Test
  void theCallerOfAReplyOfALaterVersionIsTold() throws NotSerializableException {
    ServiceReply reply = new ServiceReply(9, "r", ReplyStatus.OK, JsonBytes.EMPTY, null);
    ServiceReply expected =
        new ServiceReply(
            9,
            "",
            ReplyStatus.VERSION_MISMATCH,
            JsonBytes.EMPTY,
            "the instance sent a reply of wire version 2, and its caller reads version 1; replace"
                + " the older process, which is its caller: bin/troupe restart SLOT");

    assertThat(serializer.fromBinary(serializer.toBinary(reply), "reply-2")).isEqualTo(expected);
    LargeReply large = new LargeReply(reply, 3_000_000, source());
    assertThat(serializer.fromBinary(serializer.toBinary(large), "large-reply-2"))
        .isEqualTo(expected);
  }

  @Test
  void garbageIsRefusedWhateverItClaimsToBe() {
    Random random = new Random(7);
    for (String manifest :
        List.of("request-3", "request-1", "request-9", "large-request-3", "large-request-9")) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        assertRefused(garbage, manifest);
      }
    }
    for (String manifest : List.of("request-", "request-x", "large-reply--1", "")) {
      assertRefused(new byte[100], manifest);
    }
  }

  @Test
  void aTraceWithoutAnIdIsRefused() {
    byte[] bytes = serializer.toBinary(request(Map.of(), JsonBytes.EMPTY));
    String text = new String(bytes, ISO_8859_1);
    int state = text.indexOf("acme=1");
    Arrays.fill(bytes, state - Integer.BYTES - 3 * Long.BYTES, state - Integer.BYTES, (byte) 0);

    assertRefused(bytes, "request-3");
  }

  @Test
  void theTimeLeftCrossesWhateverTheClockOfTheReaderSays() throws NotSerializableException {
    byte[] bytes = serializer.toBinary(request(Map.of(), JsonBytes.EMPTY));
    int timeLeft = Long.BYTES + Integer.BYTES + ByteBuffer.wrap(bytes).getInt(Long.BYTES);
    assertThat(ByteBuffer.wrap(bytes).getLong(timeLeft)).isBetween(1L, 20_000L);

    for (long left : new long[] {Long.MIN_VALUE, -1, 0, 5_000, Long.MAX_VALUE}) {
      ByteBuffer.wrap(bytes).putLong(timeLeft, left);
      ServiceRequest read = (ServiceRequest) serializer.fromBinary(bytes, "request-3");
      assertThat(read.deadline().hasPassed()).isEqualTo(left <= 0);
    }
  }

  @Test
  void aFieldAppendedByALaterVersionIsLeftUnread() throws NotSerializableException {
    for (WireMessage message : messages()) {
      byte[] bytes = serializer.toBinary(message);
      // Longer than the optional fields that the message does not have: two counts of nothing.
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 9);

      assertSame(serializer.fromBinary(longer, serializer.manifest(message)), message);
    }
  }

  @Test
  void callersAreToldApartHoweverManyThereAre() throws NotSerializableException {
    List<ServiceRequest> requests =
        Stream.generate(() -> request(Map.of(), JsonBytes.EMPTY)).limit(600).toList();
    List<byte[]> written = requests.stream().map(serializer::toBinary).toList();
    for (int i = 0; i < requests.size(); i++) {
      assertSame(serializer.fromBinary(written.get(i), "request-3"), requests.get(i));
    }
  }

  // What crosses is the time left, so that the deadline of the copy is a little later.
  private static void assertSame(Object read, WireMessage message) {
    assertThat(read).usingRecursiveComparison().ignoringFields("deadline").isEqualTo(message);
  }

  private void assertRefused(byte[] bytes, String manifest) {
    assertThatThrownBy(() -> serializer.fromBinary(bytes, manifest))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("(expected: ");
  }
}
