package dev.troupe.service.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
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
final class UserServiceTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  @Parameter Engine engine;
  @TempDir Path directory;
  private final UserService service = new UserService();
  private FakeServiceContext context;
  private ServiceClient client;

  @BeforeEach
  void start() throws Exception {
    context = new FakeServiceContext("UserService-1", kit.system(), engine, directory);
    client = new ServiceClient(kit, context.start(kit, service));
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
  void aCreatedUserIsFound() {
    Answer created = create("alice");
    assertThat(created.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(created.body())
        .hasToString(
            "{\"status\":\"success\",\"message\":\"User created successfully\","
                + "\"user\":{\"id\":1,\"username\":\"alice\",\"email\":\"alice@example.org\","
                + "\"version\":1},"
                + "\"request_id\":\"request-1\"}");
    assertThat(created.headers()).isEqualTo(Map.of("Location", "/users/1", "ETag", "\"1\""));
    Answer found = get("1");
    assertThat(found.headers()).isEqualTo(Map.of("ETag", "\"1\""));
    assertThat(found.status()).isEqualTo(ReplyStatus.OK);
    assertThat(found.body().get("user")).isEqualTo(created.body().get("user"));
  }

  @Test
  void aNameIsTakenOnce() {
    create("alice");
    Answer second = create("alice");
    assertThat(second.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(second.message()).contains("'alice'");
    assertThat(create("Alice").status()).isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void whatIsSentAgainUnderItsKeyIsAnsweredAgainAndDoneOnce() {
    String body = "{\"username\":\"alice\",\"email\":\"a@example.org\"}";
    Answer first = client.postUnderKey("k1", "create_user", body);
    Answer again = client.postUnderKey("k1", "create_user", body);
    assertThat(again.status()).isEqualTo(ReplyStatus.CREATED);
    assertThat(again.body())
        .hasToString(first.body().toString().replace("request-1", "request-2"))
        .isNotEqualTo(first.body());

    Answer other = client.postUnderKey("k1", "create_user", body.replace("alice", "bob"));
    assertThat(other.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(other.message()).contains("Idempotency-Key", "another request");

    Answer taken = client.postUnderKey("k2", "create_user", body);
    assertThat(taken.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(client.list("list_users", Map.of()).body().get("count").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"7", "-1", "0", "9223372036854775807"})
  void anUnknownUserIsNotFound(String id) {
    Answer answer = get(id);
    assertThat(answer.status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(answer.message()).isEqualTo("User " + id + " not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"username\":\"alice\"}                        | MALFORMED | email is missing",
        "{\"username\":7,\"email\":\"a@b\"}              | MALFORMED | username is ",
        "{\"username\":\"alice\",\"email\":[\"a@b\"]}    | MALFORMED | email is ",
        "{\"username\":\"alice\"                         | MALFORMED | not valid JSON",
        "[]                                              | MALFORMED | not a JSON object",
        "{\"username\":\"\",\"email\":\"a@b\"}           | REFUSED   | username is blank",
        "{\"username\":\"a\\u202e\",\"email\":\"a@b\"}   | REFUSED   | username holds the character U+202E",
        "{\"username\":\"alice\",\"email\":\"a@\"}       | REFUSED   | email is not an address",
        "{\"username\":\"alice\",\"email\":\"@b\"}       | REFUSED   | email is not an address",
        "{\"username\":\"alice\",\"email\":\"nowhere\"}  | REFUSED   | email is not an address"
      })
  void badInputIsNamed(String body, ReplyStatus status, String message) {
    Answer answer = client.post("create_user", body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void aNameOfTenThousandCharactersIsRefused() {
    Answer answer = create("n".repeat(10_000));
    assertThat(answer.status()).isEqualTo(ReplyStatus.REFUSED);
    assertThat(answer.message()).contains("username has 10000 characters (expected: 1 to 100)");
    assertThat(create("n".repeat(100)).status()).isEqualTo(ReplyStatus.CREATED);
  }

  @ParameterizedTest
  @CsvSource({"one", "99999999999999999999", "1.0"})
  void anIdThatIsNoNumberIsMalformed(String id) {
    assertThat(get(id).status()).isEqualTo(ReplyStatus.MALFORMED);
  }

  @Test
  void aListIsReadPageByPage() {
    for (int i = 1; i <= 5; i++) {
      create("user" + i);
    }
    Answer first = client.list("list_users", Map.of("limit", "2"));
    assertThat(first.body().get("count").asInt()).isEqualTo(2);
    assertThat(first.body().at("/users/1/username").asText()).isEqualTo("user2");
    String next = first.body().get("next").asText();
    assertThat(next).isEqualTo("2");

    Answer second = client.list("list_users", Map.of("limit", "3", "after", next));
    assertThat(second.body().get("count").asInt()).isEqualTo(3);
    assertThat(second.body().at("/users/0/username").asText()).isEqualTo("user3");
    assertThat(second.body().has("next")).isFalse();
  }

  @Test
  void anEmptyListIsAList() {
    Answer answer = client.list("list_users", Map.of());
    assertThat(answer.body())
        .hasToString(
            "{\"status\":\"success\",\"users\":[],\"count\":0,\"request_id\":\"request-1\"}");
  }

  @ParameterizedTest
  @CsvSource({"limit,0,REFUSED", "limit,-1,REFUSED", "limit,many,MALFORMED", "after,-1,REFUSED"})
  void badPagesAreRefused(String parameter, String value, ReplyStatus status) {
    Answer answer = client.list("list_users", Map.of(parameter, value));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(parameter);
  }

  @Test
  void pagesAreCappedBySettings() throws Exception {
    context.settings("page-size = 1, max-page-size = 2");
    client = new ServiceClient(kit, context.start(kit, service));
    for (int i = 1; i <= 3; i++) {
      create("user" + i);
    }
    assertThat(client.list("list_users", Map.of()).body().get("count").asInt()).isEqualTo(1);
    Answer capped = client.list("list_users", Map.of("limit", "1000000"));
    assertThat(capped.body().get("count").asInt()).isEqualTo(2);
  }

  @Test
  void aMisspeltSettingIsNamed() {
    context.settings("page-sise = 1");
    assertThatThrownBy(() -> service.define(context))
        .hasMessageContaining("page-sise")
        .hasMessageContaining("page-size");
  }

  @Test
  void whileTheStoreTakesNothingTheServiceIsUnavailable() {
    context.close();
    Answer answer = create("alice");
    assertThat(answer.status()).isEqualTo(ReplyStatus.UNAVAILABLE);
    assertThat(answer.message()).contains("UserService writes", "closed");
  }

  private Answer create(String username) {
    return client.post(
        "create_user",
        "{\"username\":\"%s\",\"email\":\"%s@example.org\"}"
            .formatted(username, username.substring(0, Math.min(10, username.length()))));
  }

  private Answer get(String id) {
    return client.get("get_user", Map.of("user_id", id));
  }
}
