package dev.troupe.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.cli.control.ThreadList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThreadsCommandTest {
  private static ThreadList.Entry thread(String name, String state, long cpuMillis, boolean same) {
    return new ThreadList.Entry(
        name, List.of(state, state, state), cpuMillis, same, List.of("at a.B.c(B.java:1)"));
  }

  @Test
  void busyAndBlockedThreadsAreShownWithWhereTheyAre() {
    List<String> lines =
        ThreadsCommand.lines(
            "A-1",
            new ThreadList(
                3,
                2500,
                List.of(
                    thread("spins", "RUNNABLE", 2400, false),
                    thread("locked", "BLOCKED (on object monitor)", 0, true),
                    thread("parked", "WAITING (parking)", 0, true))));

    assertThat(lines.get(0)).isEqualTo("A-1: 3 threads, 3 thread dumps within 2.5 s");
    assertThat(lines).anyMatch(line -> line.matches("2400 ms +RUNNABLE +spins"));
    assertThat(lines).anyMatch(line -> line.matches("0 ms +yes +BLOCKED .* locked"));
    assertThat(lines).noneMatch(line -> line.contains("parked"));
    assertThat(lines).contains("spins", "  at a.B.c(B.java:1)");
  }

  @Test
  void aProcessAtRestIsSaidToBe() {
    assertThat(
            ThreadsCommand.lines(
                "A-1", new ThreadList(3, 2500, List.of(thread("p", "WAITING (parking)", 0, true)))))
        .last()
        .asString()
        .startsWith("No thread used the processor");
  }
}
