package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.launch.NodeExit;
import dev.troupe.protocol.registry.DeathCause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExitTest {
  @ParameterizedTest
  @CsvSource({
    "137, killed by SIGKILL (exit code 137)",
    "143, ended by SIGTERM (exit code 143)",
    "0, exit code 0",
    "77, exit code 77",
    "3, ran out of memory (exit code 3)",
    "80, the service's actor stopped (exit code 80)"
  })
  void theReasonNamesTheSignalOrTheCode(int code, String reason) {
    assertThat(new Exit(code, List.of()).reason()).isEqualTo(reason);
  }

  @Test
  void aCrashOfTheJvmIsCalledOne() {
    assertThat(new Exit(134, List.of()).reason())
        .isEqualTo("aborted by SIGABRT (exit code 134), as a crashing JVM is");
    assertThat(new Exit(139, List.of()).reason()).isEqualTo("ended by SIGSEGV (exit code 139)");
  }

  @Test
  void anExitNobodySawIsSaidToBeOne() {
    assertThat(new Exit(null, List.of("12:00 ERROR Main - lost")).reason())
        .isEqualTo("ended, exit code not seen");
    assertThat(new Exit(null, List.of("troupe-exit 83: for 15 min")).reason())
        .as("but for what it said itself")
        .isEqualTo(NodeExit.ORPHANED.meaning() + " (exit code not seen): for 15 min");
  }

  @Test
  void theNoteOfTheProcessIsTheCause() {
    Exit exit =
        new Exit(
            1,
            List.of(
                "troupe-exit 1: no disk",
                "12:00 ERROR Main - cannot start - no disk",
                "12:01 INFO Main - bye"));

    assertThat(exit.reason()).isEqualTo("could not start (exit code 1): no disk");
  }

  @Test
  void aNoteOfAnotherEndIsNotTheCause() {
    assertThat(new Exit(42, List.of("troupe-exit 82: System.exit called by a.B")).reason())
        .isEqualTo("exit code 42");
  }

  @Test
  void anExhaustedHeapIsCalledOne() {
    Exit exit =
        new Exit(
            3,
            List.of(
                "Terminating due to java.lang.OutOfMemoryError: Java heap space",
                "12:00 INFO  NodeGuardian - [UserService-1] ready"));

    assertThat(exit.reason())
        .isEqualTo("ran out of memory (exit code 3): OutOfMemoryError: Java heap space");
  }

  @Test
  void aCrashIsToldByItsSignalAndFrame() {
    Exit exit =
        new Exit(
            134,
            List.of(
                "#  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2",
                "# Problematic frame:",
                "# C  [libsqlitejdbc.so+0x1]  sqlite3_step+0x1"));

    assertThat(exit.reason())
        .endsWith(
            ": SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2 in"
                + " C  [libsqlitejdbc.so+0x1]  sqlite3_step+0x1");
  }

  @Test
  void anOptionTheJvmDoesNotKnowIsNamed() {
    Exit exit =
        new Exit(
            1,
            List.of(
                "Unrecognized VM option 'Foo'",
                "Error: Could not create the Java Virtual Machine.",
                "Error: A fatal exception has occurred. Program will exit."));

    assertThat(exit.reason())
        .isEqualTo("could not start (exit code 1): Unrecognized VM option 'Foo'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Unrecognized VM option 'Foo'",
        "Unrecognized option: -foo",
        "Improperly specified VM option 'MaxRAMPercentage=x'",
        "Invalid maximum heap size: -Xmx8x"
      })
  void anOptionTheJvmRefusesIsARefusalToStart(String line) {
    List<String> output =
        List.of(line, "Did you mean 'Bar'? Error: Could not create the Java Virtual Machine.");

    assertThat(new Exit(1, output).isRefusal()).isTrue();
    assertThat(new Exit(null, output).isRefusal()).as("adopted, so that no code was seen").isTrue();
    assertThat(new Exit(42, output).isRefusal()).as("a code of the program").isFalse();
    assertThat(new Exit(1, List.of(line)).isRefusal()).as("a line of the program").isFalse();
  }

  @Test
  void aJvmThatFindsTooLittleMemoryIsTriedAgain() {
    Exit exit =
        new Exit(
            1,
            List.of(
                "Error occurred during initialization of VM",
                "Could not reserve enough space for 8388608KB object heap"));

    assertThat(exit.isRefusal()).isFalse();
  }

  @Test
  void anUncaughtExceptionIsTheCause() {
    String line = "Exception in thread \"main\" java.lang.IllegalStateException: no";

    assertThat(new Exit(1, List.of(line, "and more")).reason())
        .isEqualTo("could not start (exit code 1): " + line);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 42, 80, 137, 143})
  void whatWasLoggedLastIsNoCause(int code) {
    assertThat(
            new Exit(code, List.of("12:00 ERROR Main - hours ago", "12:00 WARN Main - last"))
                .reason())
        .doesNotContain("hours ago", "last");
  }

  @Test
  void theLinesThatEveryCrashHasAreNone() {
    assertThat(
            List.of(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "# JRE version: OpenJDK Runtime Environment (17.0.15)",
                "# An error report file with more information is saved as:",
                "# /home/run/logs/hs_err_UserService-1_7.log"))
        .allMatch(CrashOutput::isBoilerplate);
    assertThat(List.of("#  SIGSEGV (0xb)", "# Problematic frame:", "# C  [libc.so.6+0x1]", "text"))
        .noneMatch(CrashOutput::isBoilerplate);
  }

  @Test
  void onlyTheCodeZeroIsSuccess() {
    assertThat(new Exit(0, List.of()).isSuccess()).isTrue();
    assertThat(new Exit(143, List.of()).isSuccess()).isFalse();
    assertThat(new Exit(1, List.of()).isSuccess()).isFalse();
    assertThat(new Exit(null, List.of()).isSuccess()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "3, ITSELF",
    "0, ITSELF",
    "82, ITSELF",
    "134, ITSELF",
    "139, ITSELF",
    "255, ITSELF",
    "137, OTHERS",
    "143, OTHERS",
    "130, OTHERS",
    "83, OTHERS",
    "85, OTHERS"
  })
  void itsCodeTellsWhetherItMayHaveDiedOfItsWork(int code, DeathCause cause) {
    assertThat(new Exit(code, List.of()).cause()).isEqualTo(cause);
    assertThat(new Exit(null, List.of("troupe-exit " + code + ": why")).cause()).isEqualTo(cause);
  }

  @Test
  void whatNobodySawIsUnknown() {
    assertThat(new Exit(null, List.of("12:00 WARN Main - last")).cause())
        .isEqualTo(DeathCause.UNKNOWN);
  }
}
