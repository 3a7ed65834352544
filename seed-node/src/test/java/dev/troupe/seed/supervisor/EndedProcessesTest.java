package dev.troupe.seed.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.adoption.SavedState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EndedProcessesTest {
  @Test
  void theOldestGoesWhenThereAreTooMany() {
    EndedProcesses ended = new EndedProcesses(List.of());

    IntStream.rangeClosed(0, SavedState.MOST_ENDED).forEach(i -> ended.add("a" + i));

    assertThat(ended.contains("a0")).isFalse();
    assertThat(ended.contains("a1")).isTrue();
    assertThat(ended.addresses()).hasSize(SavedState.MOST_ENDED).endsWith("a200");
  }

  @Test
  void anAddressThatWasUsedAgainCountsFromItsLastEnd() {
    assertThat(new EndedProcesses(List.of("a", "b", "a")).addresses()).containsExactly("b", "a");
  }
}
