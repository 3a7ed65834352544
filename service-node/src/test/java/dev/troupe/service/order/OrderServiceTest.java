package dev.troupe.service.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.user.User;
import dev.troupe.service.user.UserService;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.UserFound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class OrderServiceTest {
  private static final Map<String, String> ORDER = Map.of("order_id", "1");

  private final ActorTestKit kit = ActorTestKit.create();

  @Parameter Engine engine;
  @TempDir Path directory;
  private FakeServiceContext context;
  private ServiceClient client;

  @BeforeEach
  void start() throws Exception {
    context = new FakeServiceContext("OrderService-1", kit.system(), engine, directory);
    context.answerCallsWith(Outcome.done(new UserFound(new User(3, "alice", "a@example.org", 1))));
    client = new ServiceClient(kit, context.start(kit, new OrderService()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    context.close();
  }

  @Test
  void anOrderOfAKnownUserIsCreatedAndFound() {
    Answer created = create("{\"user_id\":3,\"product\":\"book\",\"quantity\":2}");
    assertThat(created.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(created.body())
        .hasToString(
            "{\"status\":\"success\",\"message\":\"Order created successfully\",\"order\":{\"id\":1,"
                + "\"user_id\":3,\"product\":\"book\",\"quantity\":2,\"status\":\"created\","
                + "\"version\":1},"
                + "\"request_id\":\"request-1\"}");
    assertThat(created.headers()).isEqualTo(Map.of("Location", "/orders/1", "ETag", "\"1\""));
    assertThat(context.calls(UserService.NAME)).containsExactly(new GetUser(3));
    Answer found = client.get("get_order", ORDER);
    assertThat(found.headers()).isEqualTo(Map.of("ETag", "\"1\""));
    assertThat(found.body().get("order")).isEqualTo(created.body().get("order"));
  }

  @Test
  void theQuantityIsOneIfNotGiven() {
    Answer created = create("{\"user_id\":3,\"product\":\"book\"}");
    assertThat(created.body().at("/order/quantity").asInt()).isEqualTo(1);
  }

  @Test
  void anOrderSentAgainUnderItsKeyIsOneOrder() {
    String body = "{\"user_id\":3,\"product\":\"book\"}";
    Answer first = client.postUnderKey("k1", "create_order", body);
    Answer again = client.postUnderKey("k1", "create_order", body);
    assertThat(again.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(again.body().get("order")).isEqualTo(first.body().get("order"));
    assertThat(client.list("list_orders", Map.of()).body().get("count").asInt()).isEqualTo(1);
  }

  @Test
  void anUnknownUserIsRefused() {
    context.answerCallsWith(Outcome.refused(ReplyStatus.NOT_FOUND, "User 9 not found"));
    Answer answer = create("{\"user_id\":9,\"product\":\"book\"}");
    assertThat(answer.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(answer.message()).isEqualTo("user_id: user 9 does not exist");
    assertNoOrders();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, UNAVAILABLE",
    "NOT_TAKEN, UNAVAILABLE",
    "FAILED, UNAVAILABLE",
    "DEADLINE, DEADLINE"
  })
  void withoutUserServiceThereIsNoOrder(ReplyStatus users, ReplyStatus expected) {
    context.answerCallsWith(Outcome.refused(users, "it is gone"));
    Answer answer = create("{\"user_id\":3,\"product\":\"book\"}");
    assertThat(answer.status()).isEqualTo(expected);
    assertThat(answer.message()).contains("UserService", "not created", "it is gone");
    assertNoOrders();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"product\":\"book\"}                                 | MALFORMED | user_id is missing",
        "{\"user_id\":\"3\",\"product\":\"book\"}               | MALFORMED | user_id is ",
        "{\"user_id\":3,\"product\":\"book\",\"quantity\":1.5}  | MALFORMED | quantity is ",
        "{\"user_id\":3,\"product\":\"book\",\"quantity\":0}    | REFUSED   | quantity is 0",
        "{\"user_id\":3,\"product\":\"book\",\"quantity\":-1}   | REFUSED   | quantity is -1",
        "{\"user_id\":3,\"product\":\"b\",\"quantity\":1000001} | REFUSED   | quantity is 1000001",
        "{\"user_id\":3,\"product\":\" \"}                      | REFUSED   | product is blank"
      })
  void badInputIsNamedBeforeAnybodyIsAsked(String body, ReplyStatus status, String message) {
    Answer answer = create(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
    assertThat(context.calls(UserService.NAME)).isEmpty();
    assertNoOrders();
  }

  @Test
  void aProductOfTenThousandCharactersIsRefused() {
    Answer answer = create("{\"user_id\":3,\"product\":\"%s\"}".formatted("p".repeat(10_000)));
    assertThat(answer.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(answer.message()).contains("10000 characters");
  }

  @Test
  void anUnknownOrderIsNotFound() {
    Answer answer = client.get("get_order", Map.of("order_id", "-5"));
    assertThat(answer.status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(answer.message()).isEqualTo("Order -5 not found");
  }

  @Test
  void ordersAreListedPageByPage() {
    for (int i = 0; i < 3; i++) {
      create("{\"user_id\":3,\"product\":\"book\"}");
    }
    Answer page = client.list("list_orders", Map.of("limit", "2", "after", "1"));
    assertThat(page.body().get("count").asInt()).isEqualTo(2);
    assertThat(page.body().at("/orders/0/id").asLong()).isEqualTo(2);
    assertThat(page.body().has("next")).isFalse();
    assertThat(client.list("list_orders", Map.of("limit", "2")).body().get("next").asLong())
        .isEqualTo(2);
  }

  @Test
  void ordersAreFoundByUserAndStatus() {
    for (int user : new int[] {3, 4, 3, 4, 3}) {
      create("{\"user_id\":%d,\"product\":\"book\"}".formatted(user));
    }
    cancel(null, null);
    assertThat(ids(Map.of("user_id", "3"))).isEqualTo("1 3 5");
    assertThat(ids(Map.of("user_id", "3", "status", "created"))).isEqualTo("3 5");
    assertThat(ids(Map.of("status", "cancelled"))).isEqualTo("1");
    assertThat(ids(Map.of("user_id", "9"))).isEmpty();
    assertThat(ids(Map.of("user_id", "3", "after", "1", "limit", "1"))).isEqualTo("3");
    assertThat(client.list("list_orders", Map.of("user_id", "3", "limit", "2")).headers())
        .isEqualTo(Map.of("Link", "</orders?after=3&limit=2&user_id=3>; rel=\"next\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status  | lost | status is \"lost\" (expected: one of \"created\", \"cancelled\")",
        "user_id | me   | user_id is \"me\" (expected: an integer)"
      })
  void aFilterThatCannotBeIsNamed(String parameter, String value, String message) {
    Answer answer = client.list("list_orders", Map.of(parameter, value));
    assertThat(answer.status()).isEqualTo(ReplyStatus.MALFORMED);
    assertThat(answer.message()).isEqualTo(message);
  }

  @Test
  void anOrderIsCancelledOnce() {
    create("{\"user_id\":3,\"product\":\"book\"}");
    Answer cancelled = cancel(null, null);
    assertThat(cancelled.status()).isEqualTo(ReplyStatus.OK);
    assertThat(cancelled.headers()).isEqualTo(Map.of("ETag", "\"2\""));
    assertThat(cancelled.body().at("/message").asText()).isEqualTo("Order cancelled successfully");
    assertThat(cancelled.body().at("/order/status").asText()).isEqualTo("cancelled");
    assertThat(client.get("get_order", ORDER).body().get("order"))
        .isEqualTo(cancelled.body().get("order"));

    Answer again = cancel(null, null);
    assertThat(again.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(again.message()).isEqualTo("Order 1 is cancelled already");
  }

  @Test
  void aCancellationThatIsSentAgainUnderItsKeyIsAnsweredAgain() {
    create("{\"user_id\":3,\"product\":\"book\"}");
    Answer cancelled = cancel("k1", null);
    Answer again = cancel("k1", null);
    assertThat(again.status()).isEqualTo(ReplyStatus.OK);
    assertThat(again.headers()).isEqualTo(cancelled.headers());
  }

  @Test
  void anOrderThatIsInAnotherVersionIsNotCancelled() {
    create("{\"user_id\":3,\"product\":\"book\"}");
    Answer stale = cancel(null, "\"2\"");
    assertThat(stale.status()).isEqualTo(ReplyStatus.PRECONDITION_FAILED);
    assertThat(stale.message()).startsWith("Order 1 is in version \"1\" now");
    assertThat(cancel(null, "\"1\"").status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void anUnknownOrderIsNotCancelled() {
    Answer answer = cancel(null, null);
    assertThat(answer.status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(answer.message()).isEqualTo("Order 1 not found");
  }

  private Answer cancel(@Nullable String key, @Nullable String ifMatch) {
    return client.change("cancel_order", ORDER, "", key, Preconditions.of(ifMatch, null));
  }

  private String ids(Map<String, String> query) {
    List<String> ids = new ArrayList<>();
    client
        .list("list_orders", query)
        .body()
        .get("orders")
        .forEach(order -> ids.add(order.get("id").asText()));
    return String.join(" ", ids);
  }

  private Answer create(String body) {
    return client.post("create_order", body);
  }

  private void assertNoOrders() {
    assertThat(client.list("list_orders", Map.of()).body().get("count").asInt()).isZero();
  }
}
