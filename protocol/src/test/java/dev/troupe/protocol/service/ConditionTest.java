package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are to be done only if a thing is in a certain version, here the third. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConditionTest {
  private final Action<Nothing, Thing> get =
      Action.get("get", "/thing", Nothing.class, Thing.class).etag(Thing::version);
  private final Action<Nothing, Thing> put =
      Action.put("put", "/thing", Nothing.class, Thing.class);

  private @Nullable ActorTestKit testKit;

  record Nothing() {}

  record Thing(long version) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private Harness service(Action<Nothing, Thing> action) {
    return new Harness(
        testKit,
        action,
        (input, call) ->
            action.method() == HttpMethod.GET || call.condition().isMetBy(3)
                ? Outcome.done(new Thing(3))
                : Outcome.changed("Thing 1", 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"3\"     ;             ; OK",
        "*         ;             ; OK",
        "\"2\"     ;             ; PRECONDITION_FAILED",
        "W/\"3\"   ;             ; PRECONDITION_FAILED",
        "          ; \"2\"       ; OK",
        "          ; \"2\",\"3\" ; NOT_MODIFIED",
        "          ; W/\"3\"     ; NOT_MODIFIED",
        "          ; *           ; NOT_MODIFIED",
        "\"2\"     ; \"3\"       ; PRECONDITION_FAILED",
        "\"3\"     ; \"3\"       ; NOT_MODIFIED",
        "3         ;             ; MALFORMED",
        "          ; 3           ; MALFORMED"
      })
  void aReadIsOfWhatTheClientAsksFor(
      @Nullable String ifMatch, @Nullable String ifNoneMatch, ReplyStatus status) {
    ServiceReply reply = service(get).callIf(Preconditions.of(ifMatch, ifNoneMatch), "get");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.data().isEmpty()).isEqualTo(status != ReplyStatus.OK);
    assertThat(reply.headers()).isEqualTo(status.isError() ? Map.of() : Map.of("ETag", "\"3\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "          ;        ; OK",
        "\"3\"     ;        ; OK",
        "*         ;        ; OK",
        "\"2\"     ;        ; PRECONDITION_FAILED",
        "          ; \"2\"  ; OK",
        "          ; *      ; PRECONDITION_FAILED",
        "three     ;        ; MALFORMED"
      })
  void aWriteIsOfWhatTheClientHasSeen(
      @Nullable String ifMatch, @Nullable String ifNoneMatch, ReplyStatus status) {
    ServiceReply reply =
        service(put.conditional()).callIf(Preconditions.of(ifMatch, ifNoneMatch), "put");

    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void whatHasChangedIsSaid() {
    Preconditions stale = new Preconditions("\"2\"", null);

    assertThat(service(put.conditional()).callIf(stale, "put").message())
        .isEqualTo(
            "Thing 1 is in version \"3\" now, which If-Match or If-None-Match rule out: read it"
                + " again");
    assertThat(service(get).callIf(stale, "get").message())
        .isEqualTo("the version is \"3\", not one that If-Match names: read it again");
  }

  @Test
  void aWriteWhoseHandlerAsksForNoConditionIsNotDoneUnderOne() {
    ServiceReply reply = service(put).callIf(new Preconditions("*", null), "put");

    assertThat(reply.status()).isEqualTo(ReplyStatus.PRECONDITION_FAILED);
    assertThat(reply.message())
        .isEqualTo("put takes no conditions (expected: no If-Match, no If-None-Match)");
    assertThat(service(put).callIf(null, "put").status()).isEqualTo(ReplyStatus.OK);
  }
}
