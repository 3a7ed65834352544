package dev.troupe.service.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.service.FakeServiceContext;
import dev.troupe.service.ServiceClient;
import dev.troupe.service.ServiceClient.Answer;
import dev.troupe.service.engine.Engine;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
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

/** Users that are there are changed and deleted. */
@ParameterizedClass
@EnumSource(Engine.class)
final class UserChangesTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Map<String, String> ALICE = Map.of("user_id", "1");
  private static final Map<String, String> NOBODY = Map.of("user_id", "9");
  private static final String ANNA = "{\"username\":\"anna\",\"email\":\"anna@b\"}";

  @Parameter Engine engine;
  @TempDir Path directory;
  private FakeServiceContext context;
  private ServiceClient client;

  @BeforeEach
  void start() throws Exception {
    context = new FakeServiceContext("UserService-1", kit.system(), engine, directory);
    client = new ServiceClient(kit, context.start(kit, new UserService()));
    client.post("create_user", "{\"username\":\"alice\",\"email\":\"a@b\"}");
    client.post("create_user", "{\"username\":\"bob\",\"email\":\"b@b\"}");
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
  void aUserIsReplaced() {
    Answer answer = replace(ALICE, ANNA);
    assertThat(answer.status()).isEqualTo(ReplyStatus.OK);
    assertThat(answer.body().at("/message").asText()).isEqualTo("User updated successfully");
    assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"2\""));
    assertShown("{\"id\":1,\"username\":\"anna\",\"email\":\"anna@b\",\"version\":2}");
  }

  @Test
  void theOldNameIsFreeAgain() {
    replace(ALICE, ANNA);
    assertThat(client.post("create_user", "{\"username\":\"alice\",\"email\":\"a@b\"}").status())
        .isEqualTo(ReplyStatus.CREATED);
  }

  @Test
  void whatAPatchDoesNotNameStays() {
    change("{\"email\":\"new@b\",\"unknown\":1}");
    assertShown("{\"id\":1,\"username\":\"alice\",\"email\":\"new@b\",\"version\":2}");
    change("{\"username\":\"anna\"}");
    assertShown("{\"id\":1,\"username\":\"anna\",\"email\":\"new@b\",\"version\":3}");
  }

  @Test
  void aChangeOfNothingIsNone() {
    assertThat(change("{}").headers()).isEqualTo(Map.of("ETag", "\"1\""));
    assertThat(replace(ALICE, "{\"username\":\"alice\",\"email\":\"a@b\"}").headers())
        .isEqualTo(Map.of("ETag", "\"1\""));
  }

  @Test
  void aDeletedUserIsGone() {
    Answer deleted = delete(ALICE, null);
    assertThat(deleted.status()).isEqualTo(ReplyStatus.OK);
    assertThat(deleted.body().at("/user/username").asText()).isEqualTo("alice");
    assertThat(deleted.headers()).isEmpty();
    assertThat(client.get("get_user", ALICE).status()).isEqualTo(ReplyStatus.NOT_FOUND);
    assertThat(delete(ALICE, null).status()).isEqualTo(ReplyStatus.NOT_FOUND);
  }

  @Test
  void nobodyGetsTheIdOfADeletedUser() {
    delete(Map.of("user_id", "2"), null);
    Answer next = client.post("create_user", "{\"username\":\"bob\",\"email\":\"b@b\"}");
    assertThat(next.body().at("/user/id").asLong()).isEqualTo(3);
  }

  @Test
  void whoIsNotThereIsNotChanged() {
    for (Answer answer :
        new Answer[] {
          replace(NOBODY, ANNA),
          client.change("change_user", NOBODY, "{}", null, null),
          delete(NOBODY, "\"1\"")
        }) {
      assertThat(answer.status()).isEqualTo(ReplyStatus.NOT_FOUND);
      assertThat(answer.message()).isEqualTo("User 9 not found");
    }
  }

  @Test
  void aNameThatAnotherHasIsTaken() {
    Answer replaced = replace(ALICE, "{\"username\":\"bob\",\"email\":\"a@b\"}");
    assertThat(replaced.status()).isEqualTo(ReplyStatus.CONFLICT);
    assertThat(replaced.message()).isEqualTo("username 'bob' is taken: choose another one");
    assertThat(change("{\"username\":\"bob\"}").status()).isEqualTo(ReplyStatus.CONFLICT);
    assertShown("{\"id\":1,\"username\":\"alice\",\"email\":\"a@b\",\"version\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replace_user | {\"username\":\"anna\"}                      | MALFORMED | email is missing",
        "replace_user | {\"username\":\"anna\",\"email\":\"a\"}      | REFUSED   | email is not",
        "replace_user | {\"username\":\" \",\"email\":\"a@b\"}       | REFUSED   | username is bl",
        "change_user  | {\"email\":null}                             | MALFORMED | email is null",
        "change_user  | {\"email\":\"a\"}                            | REFUSED   | email is not",
        "change_user  | {\"username\":\"\"}                          | REFUSED   | username is bl",
        "change_user  | {\"username\":7}                             | MALFORMED | username is 7"
      })
  void badInputIsNamed(String action, String body, ReplyStatus status, String message) {
    Answer answer = client.change(action, ALICE, body, null, null);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void whoHasNotSeenTheNewestVersionChangesNothing() {
    assertThat(replaceIf("\"1\"", ANNA).status()).isEqualTo(ReplyStatus.OK);
    String other = "{\"username\":\"ann\",\"email\":\"ann@b\"}";
    Answer stale = replaceIf("\"1\"", other);
    assertThat(stale.status()).isEqualTo(ReplyStatus.PRECONDITION_FAILED);
    assertThat(stale.message()).startsWith("User 1 is in version \"2\" now");
    assertThat(delete(ALICE, "\"1\"").status()).isEqualTo(ReplyStatus.PRECONDITION_FAILED);
    assertShown("{\"id\":1,\"username\":\"anna\",\"email\":\"anna@b\",\"version\":2}");

    assertThat(replaceIf("\"2\"", other).headers()).isEqualTo(Map.of("ETag", "\"3\""));
    assertThat(delete(ALICE, "\"3\"").status()).isEqualTo(ReplyStatus.OK);
  }

  @Test
  void anUpdateThatIsSentAgainIsASuccessAgain() {
    replaceIf("\"1\"", ANNA);
    Answer again = replaceIf("\"1\"", ANNA);
    assertThat(again.status()).isEqualTo(ReplyStatus.OK);
    assertThat(again.headers()).isEqualTo(Map.of("ETag", "\"2\""));
  }

  @Test
  void changesUnderAKeyAreDoneOnceAndAnsweredAgainWithTheirHeaders() {
    Answer first = client.change("change_user", ALICE, "{\"username\":\"anna\"}", "k1", null);
    replace(ALICE, "{\"username\":\"alice\",\"email\":\"a@b\"}");
    Answer again = client.change("change_user", ALICE, "{\"username\":\"anna\"}", "k1", null);
    assertThat(again.headers()).isEqualTo(first.headers()).isEqualTo(Map.of("ETag", "\"2\""));
    assertThat(again.body().get("user")).isEqualTo(first.body().get("user"));
    assertShown("{\"id\":1,\"username\":\"alice\",\"email\":\"a@b\",\"version\":3}");

    assertThat(client.change("delete_user", ALICE, "", "k2", null).status())
        .isEqualTo(ReplyStatus.OK);
    assertThat(client.change("delete_user", ALICE, "", "k2", null).status())
        .isEqualTo(ReplyStatus.OK);
  }

  @Test
  void pagesLinkToTheNextAndTheFirst() {
    assertThat(client.list("list_users", Map.of("limit", "1")).headers())
        .isEqualTo(Map.of("Link", "</users?after=1&limit=1>; rel=\"next\""));
    assertThat(client.list("list_users", Map.of("limit", "1", "after", "1")).headers())
        .isEqualTo(Map.of("Link", "</users?limit=1>; rel=\"first\""));
  }

  private Answer replace(Map<String, String> path, String body) {
    return client.change("replace_user", path, body, null, null);
  }

  private Answer replaceIf(String tags, String body) {
    return client.change("replace_user", ALICE, body, null, new Preconditions(tags, null));
  }

  private Answer change(String body) {
    return client.change("change_user", ALICE, body, null, null);
  }

  private Answer delete(Map<String, String> path, @Nullable String ifMatch) {
    return client.change("delete_user", path, "", null, Preconditions.of(ifMatch, null));
  }

  private void assertShown(String user) {
    assertThat(client.get("get_user", ALICE).body().get("user")).hasToString(user);
  }
}
