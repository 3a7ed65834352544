package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceDefinitionTest {
  record Nothing() {}

  private static Action<Nothing, Nothing> get(String name, String path) {
    return Action.get(name, path, Nothing.class, Nothing.class);
  }

  private static ServiceDefinition.Builder one(String service) {
    return ServiceDefinition.named(service).on(get("a", "/a"), nothing -> nothing);
  }

  @Test
  void theActionsThatHttpReachesAreDescribedInTheirOrder() {
    ServiceDescriptor descriptor =
        ServiceDefinition.named("UserService")
            .version("2.1")
            .post("create_user", "/users", Nothing.class, Nothing.class, nothing -> nothing)
            .internal(get("count_users", "/users"), nothing -> nothing)
            .get("list_users", "/users", Nothing.class, Nothing.class, nothing -> nothing)
            .build()
            .descriptor();

    assertThat(descriptor.service()).isEqualTo("UserService");
    assertThat(descriptor.version()).isEqualTo("2.1");
    assertThat(descriptor.actions())
        .containsExactly(
            new ActionDescriptor("create_user", HttpMethod.POST, PathTemplate.of("/users"), false),
            new ActionDescriptor("list_users", HttpMethod.GET, PathTemplate.of("/users"), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "_x", "User-Service", "User Service", "Üser", "a.b", "../a"})
  void refusesNamesThatCannotBeFilesAndRoles(String name) {
    assertThatThrownBy(() -> one(name).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service name '%s' (expected: a letter, then up to 63 of [A-Za-z0-9_])", name);
  }

  @Test
  void aNameMayHave64Characters() {
    assertThat(one("a".repeat(64)).build().descriptor().service()).hasSize(64);
    assertThatThrownBy(() -> one("a".repeat(65)).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "gateway"})
  void refusesTheNamesOfNodes(String name) {
    assertThatThrownBy(() -> one(name).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + ": a node of Troupe has this name (expected: another name)");
  }

  @Test
  void refusesActionNamesThatAreNotSnakeCase() {
    assertThatThrownBy(
            () -> ServiceDefinition.named("S").on(get("getUser", "/a"), in -> in).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("S: action name 'getUser' (expected: [a-z][a-z0-9_]*)");
  }

  @Test
  void refusesAServiceWithoutActions() {
    assertThatThrownBy(() -> ServiceDefinition.named("S").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("S: no actions (expected: one at least, like .get(…) before .build())");
  }

  @Test
  void refusesAllContradictionsAtOnceWithBothNames() {
    record ById(long id) {}
    record ByName(String name) {}
    ServiceDefinition.Builder builder =
        ServiceDefinition.named("S")
            .get("by_id", "/users/{id}", ById.class, Nothing.class, in -> new Nothing())
            .get("by_name", "/users/{name}", ByName.class, Nothing.class, in -> new Nothing())
            .internal(get("by_id", "/b"), in -> in);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "S: two actions named by_id, GET /users/{id} and GET /b: rename one of them; two actions"
                + " at one path, by_id at GET /users/{id} and by_name at GET /users/{name}: change"
                + " the path of one of them");
  }

  @Test
  void everyVariableOfThePathNeedsAComponent() {
    ServiceDefinition.Builder builder = ServiceDefinition.named("S");

    assertThatThrownBy(() -> builder.on(get("lost", "/greetings/{id}"), nothing -> nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lost: {id} of /greetings/{id} has no component in %s", Nothing.class.getName());
  }

  @Test
  void anOutputMayNotUseTheNamesThatEachReplyHas() {
    record Stated(String status) {}

    assertThatThrownBy(
            () ->
                ServiceDefinition.named("S")
                    .get("a", "/a", Nothing.class, Stated.class, in -> new Stated("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component status of")
        .hasMessageContaining("expected: another name");
  }

  @Test
  void itsChecksRunInTheirOrderUntilOneFails() throws Exception {
    List<String> run = new ArrayList<>();
    ServiceDefinition definition =
        one("S")
            .check(() -> run.add("first"))
            .check(
                () -> {
                  throw new DegradedException("half of it");
                })
            .check(() -> run.add("third"))
            .build();

    assertThatThrownBy(definition::check).isInstanceOf(DegradedException.class);
    assertThat(run).containsExactly("first");
    one("S").build().check();
  }
}
