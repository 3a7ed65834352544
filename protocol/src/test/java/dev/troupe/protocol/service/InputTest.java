package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.Echo.assertMalformed;
import static dev.troupe.protocol.service.Echo.echoed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told about the body they sent, seen through a service's behavior. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InputTest {
  private @Nullable ActorTestKit testKit;

  enum Size {
    SMALL,
    LARGE
  }

  record Item(String name, int count) {}

  record Change(@Nullable String note) {}

  record Put(
      long orderId,
      String product,
      int quantity,
      @Nullable Boolean gift,
      @Nullable Double weight,
      @Nullable Size size,
      @Nullable List<Item> items,
      @Nullable Item extra,
      @Nullable Instant due) {
    Put {
      Check.text("product", product, 100);
      Check.range("quantity", quantity, 1, 1000);
      if (product.equals("defect")) {
        throw new IllegalStateException("a defect of the record");
      }
    }
  }

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private Harness putting() {
    return new Harness(
        testKit, Action.put("put", "/orders/{order_id}", Put.class, Echo.class), Echo::of);
  }

  private ServiceReply put(JsonBytes body) {
    return putting().call("put", Map.of("order_id", "9"), Map.of(), body);
  }

  private ServiceReply put(String body) {
    return put(JsonBytes.of(body.replace('\'', '"')));
  }

  @Test
  void everythingInItsPlaceBecomesTheRecord() {
    assertThat(
            echoed(
                put(
                    "{'product':'tea','quantity':2,'gift':true,'weight':1,'size':'LARGE',"
                        + "'items':[{'name':'cup','count':1}],'due':'2026-01-01T00:00:00Z'}")))
        .isEqualTo(
            "{'order_id':9,'product':'tea','quantity':2,'gift':true,'weight':1.0,'size':'LARGE',"
                + "'items':[{'name':'cup','count':1}],'due':'2026-01-01T00:00:00Z'}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2.0", "2.000", "0.2e1", "2e0", "20e-1"})
  void anIntegerMayBeWrittenWithAFractionOfZeros(String quantity) {
    assertThat(echoed(put("{'product':'tea','quantity':" + quantity + "}")))
        .isEqualTo("{'order_id':9,'product':'tea','quantity':2}");
  }

  @Test
  void nullIsAsGoodAsAbsentWhereNothingIsRequired() {
    assertThat(echoed(put("{'product':'tea','quantity':2,'gift':null}")))
        .isEqualTo("{'order_id':9,'product':'tea','quantity':2}");
  }

  @Test
  void aPatchMayLeaveOutButNotTakeAway() {
    Harness patching =
        new Harness(testKit, Action.patch("patch", "/orders", Item.class, Echo.class), Echo::of);
    Harness changing =
        new Harness(testKit, Action.patch("patch", "/orders", Change.class, Echo.class), Echo::of);

    assertThat(echoed(changing.call("patch", "{}"))).isEqualTo("{}");
    assertThat(echoed(changing.call("patch", "{\"note\":\"n\"}"))).isEqualTo("{'note':'n'}");
    assertMalformed(changing.call("patch", "{\"note\":null}"), "note is null (expected: a string)");
    assertMalformed(
        patching.call("patch", "{\"count\":1}"), "name is missing (expected: a string)");
  }

  @Test
  void fieldsItDoesNotKnowAreIgnored() {
    assertThat(echoed(put("{'product':'tea','quantity':2,'colour':{'r':1}}")))
        .isEqualTo("{'order_id':9,'product':'tea','quantity':2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'quantity':2}                         | product is missing (expected: a string)",
        "{'product':'tea'}                      | quantity is missing (expected: an integer)",
        "{'product':null,'quantity':2}          | product is null (expected: a string)",
        "{'product':'tea','quantity':null}      | quantity is null (expected: an integer)",
        "{'product':5,'quantity':2}             | product is 5 (expected: a string)",
        "{'product':true,'quantity':2}          | product is true (expected: a string)",
        "{'product':['tea'],'quantity':2}       | product is an array (expected: a string)",
        "{'product':{},'quantity':2}            | product is an object (expected: a string)",
        "{'product':'tea','quantity':'2'}       | quantity is \"2\" (expected: an integer)",
        "{'product':'tea','quantity':''}        | quantity is \"\" (expected: an integer)",
        "{'product':'tea','quantity':2.5}       | quantity is 2.5 (expected: an integer)",
        "{'product':'tea','quantity':true}      | quantity is true (expected: an integer)",
        "{'product':'tea','quantity':[2]}       | quantity is an array (expected: an integer)",
        "{'product':'tea','quantity':2147483648}| quantity is 2147483648"
            + " (expected: an integer from -2147483648 to 2147483647)",
        "{'product':'tea','quantity':99999999999999999999999999999999999999999999} | quantity is"
            + " 9999999999999999999999999999999999999999… (expected: an integer from -2147483648"
            + " to 2147483647)",
        "{'product':'tea','quantity':1e400}     | quantity is \"Infinity\" (expected: an integer)",
        "{'product':'tea','quantity':2,'gift':'true'} | gift is \"true\" (expected: true or false)",
        "{'product':'tea','quantity':2,'gift':1} | gift is 1 (expected: true or false)",
        "{'product':'tea','quantity':2,'weight':'1'} | weight is \"1\" (expected: a number)",
        "{'product':'tea','quantity':2,'size':'BIG'}"
            + " | size is \"BIG\" (expected: one of \"SMALL\", \"LARGE\")",
        "{'product':'tea','quantity':2,'size':1}"
            + " | size is 1 (expected: one of \"SMALL\", \"LARGE\")",
        "{'product':'tea','quantity':2,'items':{}} | items is an object (expected: an array)",
        "{'product':'tea','quantity':2,'extra':5} | extra is 5 (expected: an object)",
        "{'product':'tea','quantity':2,'items':[{'name':'a','count':'b'}]}"
            + " | items[0].count is \"b\" (expected: an integer)",
        "{'product':'tea','quantity':2,'extra':{'name':7}}"
            + " | extra.name is 7 (expected: a string)",
        "{'product':'tea','quantity':2,'due':'soon'}"
            + " | due is \"soon\" (expected: a time like 2026-01-31T12:00:00Z)",
      })
  void aMalformedFieldIsNamedWithWhatWasExpected(String body, String message) {
    assertMalformed(put(body), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]        | the body is not a JSON object (expected: {…})",
        "5         | the body is not a JSON object (expected: {…})",
        "null      | the body is not a JSON object (expected: {…})",
        "` `       | the body is not a JSON object (expected: {…})",
        "{} {}     | the body is not valid JSON: something follows after its end"
            + " (line 1, column 5)",
        "{'a':1,'a':1} | the body is not valid JSON: duplicate field 'a' (line 1, column 11)",
        "{'a':     | the body is not valid JSON: it ends too early (line 1, column 6)",
      })
  void aBodyThatIsNoObjectIsRefusedAsAWhole(String body, String message) {
    assertMalformed(put(body), message);
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    assertMalformed(
        put(JsonBytes.of("{\"product\":\"th\u00e9\",\"quantity\":1}".getBytes(ISO_8859_1))),
        "the body is not valid JSON: invalid UTF-8 middle byte 0x22 (line 1, column 17)");
    assertMalformed(
        put(JsonBytes.of(new byte[] {0, 0, (byte) 0xfe, (byte) 0xff, 0, 1, 2})),
        "the body is not text in UTF-8 (expected: JSON)");
  }

  @Test
  void utf16IsJsonToo() {
    assertThat(echoed(put(JsonBytes.of("{\"product\":\"thé\",\"quantity\":1}".getBytes(UTF_16LE)))))
        .isEqualTo("{'order_id':9,'product':'thé','quantity':1}");
  }

  @Test
  void halfACharacterIsRefusedBeforeItIsStored() {
    assertMalformed(
        put("{'product':'tea \\ud83d','quantity':1}"),
        "product holds half of a surrogate pair (expected: Unicode text)");
    assertMalformed(
        put("{'product':'tea','quantity':1,'items':[{'name':'\\ude00\\ud83d'}]}"),
        "items[0].name holds half of a surrogate pair (expected: Unicode text)");
    assertMalformed(
        put("{'product':'tea','quantity':'" + "😀".repeat(30) + "'}"),
        "quantity is \"" + "😀".repeat(19) + "… (expected: an integer)");
    assertThat(echoed(put("{'product':'tea \\ud83d\\ude00','quantity':1}"))).contains("tea 😀");
  }

  @Test
  void whatNobodyAskedForCostsNothingButItsReading() {
    assertThat(
            echoed(
                put(
                    "{'a':1e1000000000,'product':'tea','b':"
                        + "[{},".repeat(50)
                        + "1"
                        + "]".repeat(50)
                        + ",'quantity':2,'c':"
                        + "9".repeat(900)
                        + "}")))
        .isEqualTo("{'order_id':9,'product':'tea','quantity':2}");
    assertMalformed(
        put("{'a':" + "[".repeat(50_000)),
        "the body is not valid JSON: document nesting depth (101) exceeds the maximum allowed"
            + " (100)");
    assertThat(put("{'a':[" + "{},".repeat(150_000) + "1]}").message())
        .contains("exceeds the maximum allowed (200000");
  }

  @Test
  void aRefusalOfTheRecordIsItsOwn() {
    ServiceReply tooLong = put("{'product':'" + "x".repeat(10_000) + "','quantity':2}");
    ServiceReply tooFew = put("{'product':'tea','quantity':0}");

    assertThat(tooLong.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(tooLong.message()).isEqualTo("product has 10000 characters (expected: 1 to 100)");
    assertThat(tooFew.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(tooFew.message()).isEqualTo("quantity is 0 (expected: 1 to 1000)");
  }

  @Test
  void aDefectOfTheRecordIsNotTheClientsFault() {
    assertThat(put("{'product':'defect','quantity':2}").status()).isEqualTo(ReplyStatus.FAILED);
  }
}
