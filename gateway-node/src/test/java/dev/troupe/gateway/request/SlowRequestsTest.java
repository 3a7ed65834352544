package dev.troupe.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SlowRequestsTest {
  private final SlowRequests requests = new SlowRequests();

  @Test
  void untilEnoughAreCountedNoneIsSlow() {
    count(SlowRequests.FEWEST - 1, 1);

    assertThat(millis(1000)).isFalse();
  }

  @Test
  void whatTakesLongerThanNearlyAllIsSlow() {
    count(990, 10);
    count(10, 1);
    count(1000, 10);

    assertThat(millis(10)).isFalse();
    assertThat(millis(20)).isTrue();
  }

  @Test
  void whatIsUsualIsNotSlow() {
    count(950, 10);
    for (int i = 0; i < 1000; i++) {
      millis(10);
      if (i % 10 == 0) {
        millis(100);
      }
    }

    assertThat(millis(100)).isFalse();
    assertThat(millis(200)).isTrue();
  }

  @Test
  void earlierRequestsAreForgotten() {
    count(5000, 10);
    count(20_000, 100);

    assertThat(millis(110)).isFalse();
  }

  private void count(int requests, long millis) {
    for (int i = 0; i < requests; i++) {
      millis(millis);
    }
  }

  private boolean millis(long millis) {
    return requests.count(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
