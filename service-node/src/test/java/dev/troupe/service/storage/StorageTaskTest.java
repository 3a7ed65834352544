package dev.troupe.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.RequestLog;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StorageTaskTest {
  private static final Connection UNUSED =
      (Connection)
          Proxy.newProxyInstance(
              StorageTaskTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  @Test
  void theWorkAndWhatFollowsItLogForTheRequestThatCreatedTheTask() {
    List<String> seen = new ArrayList<>();
    List<StorageTask<String>> tasks = new ArrayList<>();
    RequestLog.run(
        "r1",
        () ->
            tasks.add(
                new StorageTask<>(sql -> String.valueOf(RequestLog.current()), result -> false)));
    StorageTask<String> task = tasks.get(0);
    task.stage().thenAccept(during -> seen.addAll(List.of(during, RequestLog.current())));

    assertThat(task.run(UNUSED)).isTrue();
    task.complete();

    assertThat(seen).containsExactly("r1", "r1");
    assertThat(RequestLog.current()).isNull();
  }

  @Test
  void workOfNoRequestLogsForNone() {
    StorageTask<String> task =
        new StorageTask<>(sql -> String.valueOf(RequestLog.current()), result -> false);

    assertThat(task.run(UNUSED)).isTrue();
    task.complete();

    assertThat(task.stage().toCompletableFuture()).isCompletedWithValue("null");
  }
}
