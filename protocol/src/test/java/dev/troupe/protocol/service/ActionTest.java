package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import org.junit.jupiter.api.Test;

final class ActionTest {
  record Empty() {}

  record Task(String status) {}

  record Traced(String requestId) {}

  @Test
  void eachMethodHasItsStatusAndIdempotence() {
    Action<Empty, Empty> get = Action.get("a", "/a", Empty.class, Empty.class);
    Action<Empty, Empty> post = Action.post("a", "/a", Empty.class, Empty.class);
    Action<Empty, Empty> put = Action.put("a", "/a", Empty.class, Empty.class);
    Action<Empty, Empty> patch = Action.patch("a", "/a", Empty.class, Empty.class);
    Action<Empty, Empty> delete = Action.delete("a", "/a", Empty.class, Empty.class);

    assertThat(get.success()).isEqualTo(ReplyStatus.OK);
    assertThat(post.success()).isEqualTo(ReplyStatus.CREATED);
    assertThat(put.success()).isEqualTo(ReplyStatus.OK);
    assertThat(patch.success()).isEqualTo(ReplyStatus.OK);
    assertThat(delete.success()).isEqualTo(ReplyStatus.OK);
    assertThat(get.idempotent()).isTrue();
    assertThat(post.idempotent()).isFalse();
    assertThat(put.idempotent()).isTrue();
    assertThat(patch.idempotent()).isFalse();
    assertThat(delete.idempotent()).isTrue();
  }

  @Test
  void answeringChangesTheStatusOnly() {
    Action<Empty, Empty> post = Action.post("a", "/a", Empty.class, Empty.class);

    Action<Empty, Empty> accepting = post.status(ReplyStatus.ACCEPTED);

    assertThat(accepting.success()).isEqualTo(ReplyStatus.ACCEPTED);
    assertThat(accepting.descriptor()).isEqualTo(post.descriptor());
  }

  @Test
  void successIsNoError() {
    Action<Empty, Empty> post = Action.post("create_task", "/a", Empty.class, Empty.class);

    assertThatThrownBy(() -> post.status(ReplyStatus.CONFLICT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("create_task: CONFLICT (expected: a status of success)");
  }

  @Test
  void anOutputMayNotHideTheFieldsOfTheEnvelope() {
    assertThatThrownBy(() -> Action.get("get_task", "/tasks", Empty.class, Task.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "get_task: component status of %s (expected: another name;"
                + " every answer has a field of this one)",
            Task.class.getName());
    assertThatThrownBy(() -> Action.get("get_task", "/tasks", Empty.class, Traced.class))
        .hasMessageStartingWith("get_task: component requestId of ");
  }
}
