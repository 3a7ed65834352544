package dev.troupe.protocol.service;

import static dev.troupe.protocol.service.Echo.assertMalformed;
import static dev.troupe.protocol.service.Echo.echoed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of the path and the query, seen through a service's behavior. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ParametersTest {
  private @Nullable ActorTestKit testKit;

  enum Size {
    SMALL,
    LARGE
  }

  record Put(long orderId, String product) {}

  record Listing(
      @Nullable Integer limit,
      @Nullable Long after,
      @Nullable Boolean all,
      @Nullable Double weight,
      @Nullable Size size,
      @Nullable String text) {}

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private ServiceReply put(Map<String, String> path, Map<String, String> query, String body) {
    Action<Put, Echo> action = Action.put("put", "/orders/{order_id}", Put.class, Echo.class);
    return new Harness(testKit, action, Echo::of).call("put", path, query, JsonBytes.of(body));
  }

  private ServiceReply list(Map<String, String> query, String body) {
    Action<Listing, Echo> action = Action.get("list", "/orders", Listing.class, Echo.class);
    return new Harness(testKit, action, Echo::of).call("list", Map.of(), query, JsonBytes.of(body));
  }

  @Test
  void thePathBeatsTheBody() {
    assertThat(
            echoed(put(Map.of("order_id", "9"), Map.of(), "{\"order_id\":1,\"product\":\"tea\"}")))
        .isEqualTo("{'order_id':9,'product':'tea'}");
  }

  @Test
  void theQueryIsNoPartOfABody() {
    assertMalformed(
        put(Map.of("order_id", "9"), Map.of("product", "tea"), ""),
        "product is missing (expected: a string)");
  }

  @Test
  void aCallFromInsideTheClusterHasAllInItsData() {
    assertThat(echoed(put(Map.of(), Map.of(), "{\"order_id\":3,\"product\":\"tea\"}")))
        .isEqualTo("{'order_id':3,'product':'tea'}");
    assertThat(echoed(list(Map.of(), "{\"limit\":20}"))).isEqualTo("{'limit':20}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nine | order_id is \"nine\" (expected: an integer)",
        "9.0  | order_id is \"9.0\" (expected: an integer)",
        "+9   | order_id is \"+9\" (expected: an integer)",
        "٩    | order_id is \"٩\" (expected: an integer)",
        "''   | order_id is \"\" (expected: an integer)",
        "9223372036854775808 | order_id is 9223372036854775808"
            + " (expected: an integer from -9223372036854775808 to 9223372036854775807)",
      })
  void aPathThatIsNoIntegerIsMalformed(String id, String message) {
    assertMalformed(put(Map.of("order_id", id), Map.of(), "{}"), message);
  }

  @Test
  void theQueryIsConvertedToTheTypesOfTheRecord() {
    ServiceReply reply =
        list(
            Map.of(
                "limit", "10",
                "after", "-9223372036854775808",
                "all", "true",
                "weight", "1.5",
                "size", "SMALL",
                "text", "10",
                "unknown", "x"),
            "");

    assertThat(echoed(reply))
        .isEqualTo(
            "{'limit':10,'after':-9223372036854775808,'all':true,'weight':1.5,"
                + "'size':'SMALL','text':'10'}");
    assertThat(echoed(list(Map.of(), ""))).isEqualTo("{}");
  }

  @Test
  void aQueryThatCannotBeConvertedIsMalformed() {
    assertMalformed(
        list(Map.of("limit", "x".repeat(60)), ""),
        "limit is \"" + "x".repeat(39) + "… (expected: an integer)");
    assertMalformed(
        list(Map.of("limit", "3000000000"), ""),
        "limit is 3000000000 (expected: an integer from -2147483648 to 2147483647)");
    assertMalformed(list(Map.of("all", "yes"), ""), "all is \"yes\" (expected: true or false)");
    assertMalformed(list(Map.of("weight", "NaN"), ""), "weight is \"NaN\" (expected: a number)");
  }

  @Test
  void theQueryBeatsTheBodyOfACallThatHasNone() {
    assertThat(echoed(list(Map.of("limit", "10"), "{\"limit\":20}"))).isEqualTo("{'limit':10}");
  }
}
