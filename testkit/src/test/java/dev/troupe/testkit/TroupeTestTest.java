package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.DegradedException;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.testkit.StockService.FindUser;
import dev.troupe.testkit.StockService.Item;
import dev.troupe.testkit.StockService.Label;
import dev.troupe.testkit.StockService.NewItem;
import dev.troupe.testkit.StockService.OrderCreated;
import dev.troupe.testkit.StockService.Reserved;
import dev.troupe.testkit.StockService.User;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TroupeTestTest {
  private final TroupeTest stock =
      TroupeTest.of(new StockService())
          .settings("mark = \"#\"")
          .stub("UserService", StockService.FIND_USER, find -> new User(find.userId(), "ada"));

  @AfterEach
  void stop() {
    stock.close();
  }

  private TestResponse createBolts() {
    return stock.post("/items", new NewItem("b", "bolt", 5)).expect(201);
  }

  private static Map<String, Object> reservation(int quantity) {
    return Map.of("user_id", "7", "quantity", quantity);
  }

  @Test
  void anAnswerHasStatusHeadersAndJson() {
    TestResponse created = createBolts();

    assertThat(created.header("location")).contains("/items/b");
    assertThat(created.header("ETag")).contains("\"1\"");
    assertThat(created.header("Content-Type")).contains("application/json");
    assertThat(created.json().at("/quantity").asInt()).isEqualTo(5);
    assertThat(created.as(Item.class)).isEqualTo(new Item("b", "bolt", 5, 1));
    assertThat(stock.get("/items/b").as(Item.class)).isEqualTo(created.as(Item.class));
  }

  @Test
  void inputIsReadAndPathsAreFoundAsTheGatewayDoes() {
    assertThat(stock.post("/items", "{\"name\": 1}").expect(400).message())
        .contains("item_id is missing");
    assertThat(stock.post("/items", "{").expect(400).message()).contains("not valid JSON");
    stock.get("/nowhere").expect(404);
    assertThat(stock.put("/items", "{}").expect(405).header("Allow")).contains("POST, OPTIONS");
    stock.with("Content-Type", "text/plain").post("/items", "{}").expect(415);
    assertThat(stock.get("/items/a%2Fb").expect(404).message()).isEqualTo("no item a/b");
    assertThat(stock.with("X-Request-Id", "mine").get("/items/b").header("X-Request-Id"))
        .contains("mine");
  }

  @Test
  void aWriteUnderOneKeyIsDoneOnce() {
    TestClient once = stock.idempotencyKey("k1");

    TestResponse first = once.post("/items", new NewItem("b", "bolt", 5)).expect(201);
    TestResponse second = once.post("/items", new NewItem("b", "bolt", 5)).expect(201);

    assertThat(second.as(Item.class)).isEqualTo(first.as(Item.class));
    once.post("/items", new NewItem("c", "cog", 5)).expect(422);
    stock.post("/items", new NewItem("b", "bolt", 5)).expect(409);
  }

  @Test
  void aConditionIsChecked() {
    createBolts();

    stock.ifMatch("\"1\"").patch("/items/b", reservation(1)).expect(200);
    stock.ifMatch("\"1\"").patch("/items/b", reservation(1)).expect(412);
  }

  @Test
  void aStubAnswersAndItsCallsAreRecorded() {
    createBolts();

    stock.patch("/items/b", reservation(2)).expect(200);

    assertThat(stock.calls("UserService", StockService.FIND_USER))
        .containsExactly(new FindUser("7"));
    RecordedCall call = stock.calls().get(0);
    assertThat(call.action()).isEqualTo("find_user");
    assertThat(call.input().at("/user_id").asText()).isEqualTo("7");
  }

  @Test
  void anEventOfAnotherServiceIsHandledAndTheServicesOwnAreSeen() {
    createBolts();

    stock.event("OrderService", new OrderCreated(new OrderCreated.Order("b", 2)));
    stock.event("OrderService", new OrderCreated(new OrderCreated.Order("b", 1)));

    assertThat(stock.get("/items/b").as(Item.class).quantity()).isEqualTo(2);
    assertThat(stock.published(Reserved.class)).isEmpty();
    stock.patch("/items/b", reservation(2)).expect(200);
    stock.patch("/items/b", reservation(2)).expect(409);
    assertThat(stock.published(Reserved.class)).containsExactly(new Reserved("b", 2));
    assertThat(stock.calls()).extracting(RecordedCall::service).containsOnly("UserService");
  }

  @Test
  void anEventThatIsNotHandledFailsTheTest() {
    OrderCreated created = new OrderCreated(new OrderCreated.Order("none", 2));

    assertThatThrownBy(() -> stock.event("OrderService", created))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "StockService did not handle OrderCreated of OrderService: NOT_FOUND no item none");
    assertThatThrownBy(() -> stock.event("UserService", created))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "StockService handles no OrderCreated of UserService (handles: none). Add");
    assertThatThrownBy(() -> stock.published(Item.class))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "StockService publishes no Item. Add .publishes(Item.class, …) to its definition");
  }

  @Test
  void aJobRunsWhenTheTestWantsIt() {
    createBolts();

    stock.runJob("restock");

    assertThat(stock.get("/items/b").as(Item.class).quantity()).isEqualTo(105);
    assertThatThrownBy(() -> stock.runJob("rest"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no job rest (expected: one of restock)");
  }

  @Test
  void aStubMayRefuse() {
    createBolts();
    stock.stub(
        "UserService",
        StockService.FIND_USER,
        (find, call) -> Outcome.refused(ReplyStatus.NOT_FOUND, "nobody"));

    assertThat(stock.patch("/items/b", reservation(2)).expect(422).message())
        .isEqualTo("no user 7");
  }

  @Test
  void aCallWithoutAStubFailsTheTest() {
    try (TroupeTest unstubbed = TroupeTest.of(new StockService())) {
      unstubbed.post("/items", new NewItem("b", "bolt", 5)).expect(201);

      assertThatThrownBy(() -> unstubbed.patch("/items/b", reservation(2)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("StockService called find_user of UserService")
          .hasMessageContaining("stubs: none")
          .hasMessageContaining(".stub(\"UserService\"");
    }
  }

  @Test
  void aStubThatThrowsFailsTheTest() {
    createBolts();
    stock.stub(
        "UserService",
        StockService.FIND_USER,
        find -> {
          throw new IllegalStateException("wrong user");
        });

    assertThatThrownBy(() -> stock.patch("/items/b", reservation(2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the stub of UserService find_user failed")
        .hasMessageContaining("wrong user");
  }

  @Test
  void aBlockingHandlerRunsOnThreadsOfItsOwn() {
    Label label = stock.get("/items/b/label").as(Label.class);

    assertThat(label.text()).isEqualTo("#b");
    assertThat(label.thread()).startsWith("StockService-1-blocking");
  }

  @Test
  void aDeadlineThatHasPassedIsTheServicesAnswer() {
    assertThat(stock.within(Duration.ZERO).get("/items/b").expect(504).message())
        .contains("before the work was begun");
  }

  @Test
  void checksRunWhenTheTestAsksForThem() throws Exception {
    stock.check();

    try (TroupeTest unmarked = TroupeTest.of(new StockService())) {
      assertThatThrownBy(unmarked::check).isInstanceOf(DegradedException.class);
    }
  }

  @Test
  void anAnswerThatIsNotExpectedIsShownAsAWhole() {
    assertThatThrownBy(() -> stock.get("/items/b").expect(200))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("status 404 (expected: 200): GET /items/b -> 404")
        .hasMessageContaining("no item b");
    assertThatThrownBy(() -> stock.get("/items/b").as(Item.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no success (expected: a Item)");
  }

  @Test
  void aFailureOfTheServiceIsAnAnswer() {
    stock.get("/broken").expect(500);
  }

  @Test
  void aReplyLargerThanOneMessageArrivesWhole() {
    String mark = "n".repeat(1_500_000);
    stock.settings("mark = " + mark);

    assertThat(stock.get("/items/b/label").as(Label.class).text()).isEqualTo(mark + "b");
  }

  @Test
  void eachStartHasAnEmptyStore() {
    createBolts();
    stock.close();

    stock.get("/items/b").expect(404);
  }

  @Test
  void settingsAreReadBeforeTheStart() {
    assertThatThrownBy(() -> stock.settings("mark = "))
        .isInstanceOf(IllegalArgumentException.class);
    stock.start();

    assertThatThrownBy(() -> stock.settings("mark = x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the first request");
  }

  @Test
  void aServiceThatDoesNotStartSaysWhy() {
    Service broken =
        context -> {
          throw new IllegalStateException("no such thing");
        };
    try (TroupeTest test = TroupeTest.of("Broken", broken)) {
      assertThatThrownBy(test::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Broken did not start: no such thing");
    }
    try (TroupeTest test = TroupeTest.of("Stock", new StockService())) {
      assertThatThrownBy(test::start).hasMessageContaining("StockService");
    }
  }
}
