package dev.troupe.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class CausesTest {
  private final IOException failure = new IOException("no disk");

  @Test
  void theRootIsWhatFuturesWrapped() {
    assertThat(Causes.rootOf(new CompletionException(new CompletionException(failure))))
        .isSameAs(failure);
    assertThat(Causes.rootOf(failure)).isSameAs(failure);
  }

  @Test
  void aWrappingOfNothingIsItsOwnRoot() {
    CompletionException alone = new CompletionException("no cause", null);

    assertThat(Causes.rootOf(alone)).isSameAs(alone);
  }

  @Test
  void theTextIsTheMessageOrTheTypeIfThereIsNone() {
    assertThat(Causes.text(failure)).isEqualTo("no disk");
    assertThat(Causes.text(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(Causes.text(new IllegalStateException(" ")))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void whatWorkThrowsFailsItsStageAsItIs() {
    CompletableFuture<String> stage =
        CompletableFuture.supplyAsync(
            () ->
                Causes.unchecked(
                    () -> {
                      throw failure;
                    }));

    assertThatThrownBy(stage::join).hasCause(failure);
    assertThat(Causes.<String>unchecked(() -> "done")).isEqualTo("done");
  }
}
