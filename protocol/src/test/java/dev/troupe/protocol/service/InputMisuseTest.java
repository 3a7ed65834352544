package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.Echo.assertMalformed;
import static dev.troupe.protocol.service.Echo.echoed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and records that are made to do harm, or by mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InputMisuseTest {
  private @Nullable ActorTestKit testKit;

  record Tree(@Nullable @Size(max = 3) String name, @Nullable List<Tree> children) {}

  record Hostile(
      @Nullable @Digits(integer = 3, fraction = 2) BigDecimal amount,
      @Nullable BigDecimal free,
      @Nullable @Positive BigInteger huge,
      @Nullable Double weight,
      @Nullable @Negative Long debt,
      @Nullable JsonNode any,
      @Nullable Map<String, @NotBlank String> labels,
      @Nullable @Pattern(regexp = "(a+)+b") String slow,
      @Nullable @Pattern(regexp = "\\p{L}*") String letters,
      @Nullable @Size(max = 2) String brief,
      @Nullable @Email String email,
      @Nullable Instant at,
      @Nullable LocalDate day,
      @Nullable Tree tree) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private ServiceReply post(String body) {
    return new Harness(testKit, Action.post("post", "/things", Hostile.class, Echo.class), Echo::of)
        .call("post", body.replace('\'', '"'));
  }

  private static String body(ServiceReply reply) {
    return new String(reply.data().bytes(), UTF_8);
  }

  private void assertRefused(String body, String message) {
    ServiceReply reply = post(body);
    assertThat(reply.message()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amount", "free"})
  void aDecimalThatWouldFillTheMemoryIsRefusedUnwritten(String field) {
    for (String number : List.of("1e1000000000", "-1E+999999999", "1e-1000000000", "1e1001")) {
      assertThat(post("{'" + field + "':" + number + "}").message())
          .startsWith(field + " is ")
          .endsWith("(expected: a number with an exponent of at most 1000)");
    }
  }

  @Test
  void anExponentThatFitsNoNumberIsRefused() {
    for (String field : List.of("free", "weight", "any", "huge")) {
      ServiceReply reply = post("{'" + field + "':1e99999999999}");
      assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
      assertThat(reply.message()).hasSizeLessThan(200);
    }
  }

  @Test
  void numbersInsideOfAnyJsonAreBoundedToo() {
    assertMalformed(
        post("{'any':[{'a':1e1000000000}]}"),
        "any holds a number with an exponent above 1000 (expected: at most that)");
    assertThat(body(post("{'any':[1.10,{'b':null}]}"))).contains("1.10");
  }

  @Test
  void aNumberOfManyDigitsIsRefused() {
    ServiceReply reply = post("{'huge':" + "9".repeat(100_000) + "}");
    assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(reply.message()).contains("exceeds the maximum allowed").hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+1", "01", ".5", "0x10"})
  void whatIsNoNumberOfJsonIsRefused(String number) {
    ServiceReply reply = post("{'weight':" + number + "}");
    assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(reply.message()).startsWith("the body is not valid JSON: ");
  }

  @Test
  void digitsAreCountedWithoutZerosAtTheEnd() {
    assertThat(body(post("{'amount':999.9900}"))).contains("\"amount\":999.9900");
    assertThat(echoed(post("{'amount':1e2}"))).contains("amount");
    String expected = " (expected: up to 3 digits before and 2 after the point)";
    assertRefused("{'amount':1000}", "amount is 1000" + expected);
    assertRefused("{'amount':0.001}", "amount is 0.001" + expected);
    assertRefused("{'amount':1e3}", "amount is 1E+3" + expected);
    assertRefused("{'debt':0}", "debt is 0 (expected: -9223372036854775808 to -1)");
  }

  @Test
  void tenThousandFaultsAreAnsweredWithTwenty() {
    StringBuilder labels = new StringBuilder("'k':''");
    for (int i = 0; i < 10_000; i++) {
      labels.append(",'").append("k".repeat(30)).append(i).append("':' '");
    }
    ServiceReply reply = post("{'labels':{" + labels + "}}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(FieldError.read(reply.data())).hasSize(20);
    assertThat(reply.data().size()).isLessThan(10_000);
  }

  @Test
  void whatIsNestedDeeplyIsToldWithItsPathOrRefused() {
    String deep = "{'children':[".repeat(40) + "{'name':'long'}" + "]}".repeat(40);
    ServiceReply reply = post("{'tree':" + deep + "}");
    assertThat(FieldError.read(reply.data()).get(0).field())
        .startsWith("tree.children[0].children[0].")
        .hasSizeLessThanOrEqualTo(201);

    assertThat(post("{'tree':" + "{'children':[".repeat(10_000)).message())
        .contains("nesting depth");
  }

  @Test
  void aNameThatStandsTwiceIsRefusedAtEachDepth() {
    assertThat(post("{'tree':{'name':'a','name':'b'}}").message())
        .contains("duplicate field 'name'");
    assertThat(post("{'labels':{'a':'b','a':'c'}}").message()).contains("duplicate field 'a'");
    assertThat(post("{'any':[{'a':1,'a':2}]}").message()).contains("duplicate field 'a'");
  }

  @Test
  void aPatternThatTriesForHoursIsGivenUp() {
    String message = "slow does not match (expected: (a+)+b)";
    assertRefused("{'slow':'" + "a".repeat(100) + "c'}", message);
    assertRefused("{'slow':'" + "a".repeat(500_000) + "'}", message);
    assertThat(echoed(post("{'slow':'" + "a".repeat(50) + "b'}"))).contains("ab");
  }

  @Test
  void aLongTextThatMatchesIsReadToItsEnd() {
    assertThat(post("{'letters':'" + "ü".repeat(400_000) + "'}").status().isSuccess()).isTrue();
  }

  @Test
  void textIsCountedInCharactersNotInUnits() {
    assertThat(echoed(post("{'brief':'😀😀'}"))).isEqualTo("{'brief':'😀😀'}");
    assertRefused("{'brief':'😀😀😀'}", "brief has 3 characters (expected: 0 to 2)");
    assertMalformed(
        post("{'brief':'\\ud83d'}"),
        "brief holds half of a surrogate pair (expected: Unicode text)");
    assertThat(post("{'labels':{'\\ud83d':'a'}}").message()).contains("surrogate pair");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "a@", "@b", "a b@c", "a@b@c", "a@b\\n", "<a@b>", "a@b,c@d"})
  void whatIsNoAddressIsRefused(String address) {
    assertRefused(
        "{'email':'" + address + "'}",
        "email is not an address (expected: one like name@example.org)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'at':'+999999999-01-01T00:00:00Z'",
        "'at':'-0001-01-01T00:00:00Z'",
        "'at':'2026-02-30T00:00:00Z'",
        "'at':1767225600",
        "'day':'+999999999-01-01'",
        "'day':'2026-02-29'",
        "'day':'2026-1-1'",
        "'day':{}"
      })
  void aTimeThatNoDatabaseStoresIsRefused(String field) {
    ServiceReply reply = post("{" + field + "}");
    assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(reply.message()).contains(" (expected: a ", "like 2026-01-31");
  }
}
