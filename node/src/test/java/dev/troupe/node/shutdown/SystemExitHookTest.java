package dev.troupe.node.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.ExitNote;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SystemExitHookTest {
  private static final Thread ANY = new Thread();

  @Test
  void theCallerIsTheCodeAboveTheWayOut() {
    StackTraceElement[] stack = {
      frame("java.lang.Object", "wait"),
      frame("java.lang.Shutdown", "exit"),
      frame("java.lang.Runtime", "exit"),
      frame("java.lang.System", "exit"),
      frame("com.example.Greeter", "greet"),
      frame("java.lang.Thread", "run")
    };

    assertThat(SystemExitHook.callerOfExit(Map.of(ANY, stack)))
        .contains(frame("com.example.Greeter", "greet"));
  }

  @Test
  void aSignalIsNobodysCode() {
    StackTraceElement[] stack = {
      frame("java.lang.Shutdown", "exit"),
      frame("java.lang.Terminator$1", "handle"),
      frame("jdk.internal.misc.Signal$1", "run")
    };

    assertThat(SystemExitHook.callerOfExit(Map.of(ANY, stack))).isEmpty();
    assertThat(SystemExitHook.callerOfExit(Thread.getAllStackTraces())).isEmpty();
  }

  @Test
  void theNoteNamesTheCaller() {
    assertThat(SystemExitHook.note(frame("com.example.Greeter", "greet")))
        .isEqualTo(
            new ExitNote(82, "System.exit called by com.example.Greeter.greet(Greeter.java:7)"));
    assertThat(SystemExitHook.note(frame("org.apache.pekko.actor.ActorSystemImpl$$anon$4", "x")))
        .as("what Pekko calls fatal")
        .isEqualTo(new ExitNote(255, ""));
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, "Greeter.java", 7);
  }
}
