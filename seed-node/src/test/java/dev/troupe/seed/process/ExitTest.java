package dev.troupe.seed.process;

import static org.assertj.core.api.Assertions.assertThat;

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
  }

  @Test
  void theLastErrorOfTheLogTellsMost() {
    Exit exit =
        new Exit(
            1,
            List.of(
                "12:00 ERROR Store - cannot open data/a.db",
                "12:00 ERROR Main - cannot start - no disk",
                "12:01 INFO Main - bye"));

    assertThat(exit.reason()).isEqualTo("could not start (exit code 1): cannot start - no disk");
  }

  @Test
  void anErrorLineInNoFormatWeKnowIsQuotedWhole() {
    assertThat(new Exit(1, List.of("[x] ERROR boom")).reason())
        .isEqualTo("could not start (exit code 1): [x] ERROR boom");
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

  @Test
  void withoutAnErrorTheLastLineThatSaysAnythingHasToDo() {
    assertThat(new Exit(2, List.of("first", "last", " ")).reason())
        .isEqualTo("did not understand its command line (exit code 2): last");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 137, 143})
  void theLogIsNotBlamedForAnEndThatCameFromOutside(int code) {
    assertThat(new Exit(code, List.of("12:00 ERROR Main - hours ago")).reason())
        .doesNotContain("hours ago");
  }

  @Test
  void onlyTheCodeZeroIsSuccess() {
    assertThat(new Exit(0, List.of()).isSuccess()).isTrue();
    assertThat(new Exit(143, List.of()).isSuccess()).isFalse();
    assertThat(new Exit(1, List.of()).isSuccess()).isFalse();
    assertThat(new Exit(null, List.of()).isSuccess()).isFalse();
  }
}
