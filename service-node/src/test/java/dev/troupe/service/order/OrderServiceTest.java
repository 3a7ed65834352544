package dev.troupe.service.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.user.User;
import dev.troupe.service.user.UserService.GetUser;
import dev.troupe.service.user.UserService.UserFound;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
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
  private static final ActorTestKit kit = ActorTestKit.create();

  @Parameter Engine engine;
  @TempDir Path directory;
  private FakeServiceContext context;
  private ServiceClient client;

  @BeforeEach
  void start() throws Exception {
    context = new FakeServiceContext("OrderService-1", kit.system(), engine, directory);
    context.answerCallsWith(Outcome.done(new UserFound(new User(3, "alice", "a@example.org"))));
    client = new ServiceClient(kit, kit.spawn(new OrderService().behavior(context)));
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @AfterAll
  static void stopSystem() {
    kit.shutdownTestKit();
  }

  @Test
  void anOrderOfAKnownUserIsCreatedAndFound() {
    Answer created = create("{\"user_id\":3,\"product\":\"book\",\"quantity\":2}");
    assertThat(created.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(created.body())
        .hasToString(
            "{\"status\":\"success\",\"message\":\"Order created"
                + " successfully\",\"order\":{\"id\":1,"
                + "\"user_id\":3,\"product\":\"book\",\"quantity\":2,\"status\":\"created\"},"
                + "\"request_id\":\"request-1\"}");
    assertThat(context.calls()).containsExactly(new GetUser(3));
    Answer found = client.get("get_order", Map.of("order_id", "1"));
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
    assertThat(context.calls()).isEmpty();
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

  private Answer create(String body) {
    return client.post("create_order", body);
  }

  private void assertNoOrders() {
    assertThat(client.list("list_orders", Map.of()).body().get("count").asInt()).isZero();
  }
}
