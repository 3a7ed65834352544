package dev.troupe.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PipelineSchedulerTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PipelineScheduler scheduler = new PipelineScheduler(2, tasks::add);
  private final Map<String, CompletableFuture<String>> work = new HashMap<>();
  private final List<String> begun = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final List<String> results = new ArrayList<>();

  @Test
  void atMostMaxRunAtATimeAndTheOthersInTheirOrder() {
    enter("a", "b", "c", "d");
    assertThat(begun).containsExactly("a", "b");

    end("b");
    assertThat(begun).containsExactly("a", "b", "c");
    end("a");
    end("c");
    end("d");
    assertThat(results).containsExactly("b", "a", "c", "d");

    enter("e", "f", "g");
    assertThat(begun).endsWith("e", "f");
  }

  @Test
  void aFailedRequestStartsTheNextToo() {
    enter("a", "b", "c");

    work.get("a").completeExceptionally(new IllegalStateException());
    runTasks();

    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void anAbandonedRequestDoesNotRun() {
    enter("a", "b", "c", "d");
    gone.add("c");

    end("a");

    assertThat(begun).containsExactly("a", "b", "d");
  }

  @Test
  void aQueueOfAbandonedRequestsLeavesRoom() {
    enter("a", "b", "c", "d");
    gone.addAll(List.of("c", "d"));
    end("a");

    enter("e", "f");

    assertThat(begun).containsExactly("a", "b", "e");
  }

  private void enter(String... names) {
    for (String name : names) {
      work.put(name, new CompletableFuture<>());
      scheduler
          .run(
              () -> gone.contains(name),
              () -> {
                begun.add(name);
                return work.get(name);
              })
          .thenAccept(results::add);
    }
    runTasks();
  }

  private void end(String name) {
    work.get(name).complete(name);
    runTasks();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
