package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.Echo.echoed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.protocol.call.FieldError;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All faults of an input at once, the types it may have, and the constraints of its components. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InputFaultsTest {
  private @Nullable ActorTestKit testKit;

  record Line(@NotBlank @Size(max = 5) String sku, @Min(1) @Max(9) int quantity) {
    Line {
      if (sku.equals("odd")) {
        throw InvalidInputException.refused("sku", "odd", "sku is odd (expected: even)");
      }
    }
  }

  record Basket(
      @NotBlank @Size(max = 10) String name,
      List<Line> lines,
      @Nullable @Size(max = 2) List<@NotBlank String> tags,
      @Nullable List<@Nullable Integer> gaps,
      @Nullable Map<String, Integer> counts,
      @Nullable @Positive Long owner,
      @Nullable @DecimalMin(value = "0", inclusive = false) BigDecimal price,
      @Nullable BigInteger huge,
      @Nullable UUID id,
      @Nullable Instant at,
      @Nullable LocalDate day,
      @Nullable @Email String email,
      @Nullable @Pattern(regexp = "(a|b)*", message = "is no word of a and b") String word) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private ServiceReply post(String body) {
    return new Harness(testKit, Action.post("post", "/baskets", Basket.class, Echo.class), Echo::of)
        .call("post", body.replace('\'', '"'));
  }

  private static List<FieldError> errors(ServiceReply reply) {
    return FieldError.read(reply.data());
  }

  @Test
  void allFaultsAreToldAtOnce() {
    ServiceReply reply =
        post(
            "{'name':'','lines':[{'sku':'a'},null,{'sku':'toolong','quantity':0}],'tags':['a',' '],"
                + "'day':'soon'}");

    assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(reply.message()).isEqualTo("lines[0].quantity is missing (expected: an integer)");
    assertThat(errors(reply))
        .extracting(FieldError::field, FieldError::code)
        .containsExactly(
            tuple("name", "not_blank"),
            tuple("lines[0].quantity", "missing"),
            tuple("lines[1]", "type"),
            tuple("lines[2].sku", "size"),
            tuple("lines[2].quantity", "min"),
            tuple("tags[1]", "not_blank"),
            tuple("day", "type"));
  }

  @Test
  void everyTypeArrivesAsItWasWritten() {
    String body =
        "{'name':'n','lines':[{'sku':'a','quantity':1}],'tags':['x'],'gaps':[1,null],'counts':{'k':2},"
            + "'owner':1,'price':12345678901234567.89,'huge':123456789012345678901234567890,"
            + "'id':'123e4567-e89b-12d3-a456-426614174000','at':'2026-01-31T12:00:00Z',"
            + "'day':'2026-01-31','email':'a@example.org','word':'abba'}";
    assertThat(new String(post(body).data().bytes(), UTF_8))
        .contains("\"price\":12345678901234567.89", "\"huge\":123456789012345678901234567890");
    assertThat(echoed(post(body))).contains("'day':'2026-01-31'", "'gaps':[1,null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'owner':0        | owner is 0 (expected: 1 to 9223372036854775807) | positive",
        "'price':0        | price is 0 (expected: more than 0) | decimal_min",
        "'price':1e1000000000 | price is 1E+1000000000 (expected: a number with an exponent of at"
            + " most 1000) | type",
        "'id':'1-1-1-1-1' | id is \"1-1-1-1-1\" (expected: a UUID like"
            + " 123e4567-e89b-12d3-a456-426614174000) | type",
        "'at':5           | at is 5 (expected: a time like 2026-01-31T12:00:00Z) | type",
        "'day':'31.1.'    | day is \"31.1.\" (expected: a date like 2026-01-31) | type",
        "'email':'a@'     | email is not an address (expected: one like name@example.org) | email",
        "'word':'abc'     | word is no word of a and b | pattern",
        "'tags':['a','b','c'] | tags has 3 elements (expected: 0 to 2 elements) | size",
        "'counts':{'k':'x'} | counts.k is \"x\" (expected: an integer) | type",
        "'word':'a\\u0000' | word holds the character U+0000 (expected: none) | character",
        "'huge':1.5       | huge is 1.5 (expected: an integer) | type",
      })
  void oneFaultIsNamedWithItsCode(String field, String message, String code) {
    ServiceReply reply = post("{'name':'n','lines':[]," + field + "}");
    assertThat(reply.message()).isEqualTo(message);
    assertThat(errors(reply)).extracting(FieldError::code).containsExactly(code);
    assertThat(errors(reply)).extracting(FieldError::message).containsExactly(message);
    assertThat(reply.status())
        .isEqualTo(code.equals("type") ? ReplyStatus.MALFORMED : ReplyStatus.REFUSED);
  }

  @Test
  void aCheckOfARecordIsToldWithItsPlace() {
    ServiceReply reply = post("{'name':'n','lines':[{'sku':'odd','quantity':1}]}");
    assertThat(reply.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(reply.message()).isEqualTo("sku is odd (expected: even)");
    assertThat(errors(reply))
        .containsExactly(new FieldError("lines[0].sku", "odd", "sku is odd (expected: even)"));
  }

  @Test
  void aPatternThatNeedsTooMuchStackDoesNotMatch() {
    String message =
        post("{'name':'n','lines':[],'word':'" + "ab".repeat(500_000) + "'}").message();
    assertThat(message).isEqualTo("word is no word of a and b");
  }

  @Test
  void faultsAreBounded() {
    ServiceReply reply =
        post(
            "{'name':'n','lines':["
                + "5,".repeat(50_000)
                + "5],'counts':{'"
                + "k".repeat(900)
                + "':'x'}}");
    assertThat(errors(reply)).hasSize(FieldError.MOST);
    assertThat(reply.data().size()).isLessThan(20_000);
    String longKey = "{'name':'n','lines':[],'counts':{'" + "k".repeat(900) + "':'x'}}";
    assertThat(post(longKey).message()).hasSizeLessThan(200);
  }

  // Breaks some places of a good body, and expects exactly these places in the answer.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void exactlyTheBrokenPlacesAreTold(long seed) {
    Random random = new Random(seed);
    List<String> broken = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String sku = "'sku':'s'";
      String quantity = ",'quantity':1";
      switch (random.nextInt(5)) {
        case 0 -> {
          sku = "'sku':7";
          broken.add("lines[" + i + "].sku");
        }
        case 1 -> {
          quantity = "";
          broken.add("lines[" + i + "].quantity");
        }
        case 2 -> {
          sku = "'sku':' '";
          quantity = ",'quantity':10";
          broken.add("lines[" + i + "].sku");
          broken.add("lines[" + i + "].quantity");
        }
        case 3 -> {
          sku = "'sku':null";
          broken.add("lines[" + i + "].sku");
        }
        default -> {}
      }
      lines.add("{" + sku + quantity + "}");
    }
    ServiceReply reply = post("{'name':'n','lines':[" + String.join(",", lines) + "]}");
    assertThat(errors(reply)).extracting(FieldError::field).containsExactlyElementsOf(broken);
    assertThat(reply.status().isSuccess()).isEqualTo(broken.isEmpty());
  }
}
