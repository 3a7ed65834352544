package dev.troupe.seed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.alerts.AlertTracker.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertTrackerTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Problem FAILED = new Problem(AlertKind.SLOT_FAILED, "A", "A-1", "failed");
  private static final Problem UNHEALTHY = new Problem(AlertKind.UNHEALTHY, "A", "A-1", "ill");

  private final AlertTracker tracker = new AlertTracker(Duration.ofHours(4));

  private List<News> at(long seconds, Problem... problems) {
    return news(seconds, List.of(problems), List.of(problems));
  }

  private List<News> news(long seconds, List<Problem> all, List<Problem> causes) {
    return tracker.update(START.plusSeconds(seconds), all, causes).stream()
        .map(AlertTracker.Notice::news)
        .toList();
  }

  @Test
  void aProblemIsToldOnceAfterItsHoldTime() {
    assertThat(at(0, UNHEALTHY)).isEmpty();
    assertThat(at(59, UNHEALTHY)).isEmpty();
    assertThat(at(60, UNHEALTHY)).containsExactly(News.RAISED);
    assertThat(at(65, UNHEALTHY)).isEmpty();
    assertThat(at(0, FAILED)).containsExactly(News.RAISED);
  }

  @Test
  void aShortProblemIsNotTold() {
    assertThat(at(0, UNHEALTHY)).isEmpty();
    assertThat(at(30)).isEmpty();
    assertThat(at(61, UNHEALTHY)).isEmpty();
  }

  @Test
  void whatLastsIsToldAgain() {
    assertThat(at(0, FAILED)).containsExactly(News.RAISED);
    assertThat(at(4 * 3600 - 1, FAILED)).isEmpty();
    assertThat(at(4 * 3600, FAILED)).containsExactly(News.REMINDER);
    assertThat(at(4 * 3600 + 5, FAILED)).isEmpty();
  }

  @Test
  void theEndIsToldAndAProblemThatComesAndGoesIsOne() {
    assertThat(at(0, FAILED)).containsExactly(News.RAISED);
    assertThat(at(10)).isEmpty();
    assertThat(at(20, FAILED)).isEmpty();
    assertThat(at(49)).isEmpty();
    assertThat(at(50)).containsExactly(News.RESOLVED);
    assertThat(tracker.current()).isEmpty();
  }

  @Test
  void anEffectIsNotToldButEndsAnAlertNeither() {
    assertThat(news(0, List.of(UNHEALTHY, FAILED), List.of(FAILED))).containsExactly(News.RAISED);
    assertThat(news(70, List.of(UNHEALTHY, FAILED), List.of(FAILED))).isEmpty();
    assertThat(news(75, List.of(UNHEALTHY), List.of(UNHEALTHY))).containsExactly(News.RAISED);
    assertThat(news(104, List.of(UNHEALTHY, FAILED), List.of(FAILED))).isEmpty();
    assertThat(tracker.current())
        .extracting(AlertTracker.Notice::problem)
        .contains(UNHEALTHY, FAILED);
  }
}
