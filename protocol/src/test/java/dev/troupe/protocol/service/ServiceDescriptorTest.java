package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceDescriptorTest {
  record Nothing() {}

  private static Action<Nothing, Nothing> get(String name, String path) {
    return Action.get(name, path, Nothing.class, Nothing.class);
  }

  private static Action<Nothing, Nothing> post(String name, String path) {
    return Action.post(name, path, Nothing.class, Nothing.class);
  }

  @Test
  void collectsItsActionsInOrder() {
    ServiceDescriptor descriptor =
        ServiceDescriptor.named("UserService")
            .version("2.1")
            .action(post("create_user", "/users"))
            .action(get("list_users", "/users"))
            .build();

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
    assertThatThrownBy(() -> ServiceDescriptor.named(name).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service name '%s' (expected: a letter, then up to 63 of [A-Za-z0-9_])", name);
  }

  @Test
  void aNameMayHave64Characters() {
    assertThat(ServiceDescriptor.named("a".repeat(64)).build().service()).hasSize(64);
    assertThatThrownBy(() -> ServiceDescriptor.named("a".repeat(65)).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesActionNamesThatAreNotSnakeCase() {
    assertThatThrownBy(() -> ServiceDescriptor.named("S").action(get("getUser", "/a")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("S: action name 'getUser' (expected: [a-z][a-z0-9_]*)");
  }

  @Test
  void refusesTwoActionsOfOneName() {
    assertThatThrownBy(
            () ->
                ServiceDescriptor.named("S").action(get("a", "/a")).action(get("a", "/b")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("S: two actions named a");
  }

  @Test
  void refusesTwoActionsAtOneEndpointWhateverItsVariablesAreCalled() {
    record ById(long id) {}
    record ByName(String name) {}
    ServiceDescriptor.Builder builder =
        ServiceDescriptor.named("S")
            .action(Action.get("by_id", "/users/{id}", ById.class, Nothing.class))
            .action(Action.get("by_name", "/users/{name}", ByName.class, Nothing.class));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("S: two actions at GET /users/{name}");
  }
}
