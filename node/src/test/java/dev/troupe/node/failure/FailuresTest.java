package dev.troupe.node.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  private final IOException failure = new IOException("no disk");

  @Test
  void theRootIsWhatFuturesWrapped() {
    assertThat(Failures.rootOf(new CompletionException(new CompletionException(failure))))
        .isSameAs(failure);
    assertThat(Failures.rootOf(failure)).isSameAs(failure);
  }

  @Test
  void aWrappingOfNothingIsItsOwnRoot() {
    CompletionException alone = new CompletionException("no cause", null);

    assertThat(Failures.rootOf(alone)).isSameAs(alone);
  }

  @Test
  void theTextIsTheMessageOrTheTypeIfThereIsNone() {
    assertThat(Failures.text(failure)).isEqualTo("no disk");
    assertThat(Failures.text(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(Failures.text(new IllegalStateException(" ")))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void anErrorIsNamedByItsType() {
    assertThat(Failures.text(new NoClassDefFoundError("com/example/Missing")))
        .isEqualTo("java.lang.NoClassDefFoundError: com/example/Missing");
  }

  @Test
  void onlyErrorsOfTheJvmItselfEndIt() {
    assertThat(Failures.endTheJvm(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(Failures.endTheJvm(new InternalError())).isTrue();
    assertThat(Failures.endTheJvm(new StackOverflowError())).isFalse();
    assertThat(Failures.endTheJvm(new NoClassDefFoundError())).isFalse();
    assertThat(Failures.endTheJvm(new AssertionError())).isFalse();
  }

  @Test
  void whatWorkThrowsFailsItsStageAsItIs() {
    CompletableFuture<String> stage =
        CompletableFuture.supplyAsync(
            () ->
                Failures.unchecked(
                    () -> {
                      throw failure;
                    }));

    assertThatThrownBy(stage::join).hasCause(failure);
    assertThat(Failures.<String>unchecked(() -> "done")).isEqualTo("done");
  }
}
