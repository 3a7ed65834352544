package dev.troupe.seed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.seed.alerts.AlertTracker.Moment;
import dev.troupe.seed.alerts.AlertTracker.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AlertTrackerTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Problem FAILED = new Problem(AlertKind.SLOT_FAILED, "A", "A-1", "failed");
  private static final Problem UNHEALTHY = new Problem(AlertKind.UNHEALTHY, "A", "A-1", "ill");

  private AlertTracker tracker = new AlertTracker(Duration.ofHours(4));
  private Duration set = Duration.ZERO;

  // The clock may be set at any time: nothing but the time that passes counts.
  private Moment moment(long seconds) {
    return new Moment(TimeUnit.SECONDS.toNanos(seconds) - 5, START.plusSeconds(seconds).plus(set));
  }

  private List<News> at(long seconds, Problem... problems) {
    return news(seconds, List.of(problems), List.of(problems));
  }

  private List<News> news(long seconds, List<Problem> all, List<Problem> causes) {
    return tracker.update(moment(seconds), all, causes).stream()
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

  @Test
  void aClockThatIsSetChangesNothing() {
    assertThat(at(0, FAILED, UNHEALTHY)).containsExactly(News.RAISED);
    set = Duration.ofDays(1);
    assertThat(at(5, FAILED, UNHEALTHY)).isEmpty();
    set = Duration.ofDays(-1);
    assertThat(at(60, UNHEALTHY)).containsExactly(News.RAISED, News.RESOLVED);
  }

  @Test
  void theNextSeedNodeGoesOnWithWhatWasTold() {
    assertThat(at(0, FAILED, UNHEALTHY)).containsExactly(News.RAISED);
    startAnother(3600);

    assertThat(at(3605, FAILED)).isEmpty();
    assertThat(at(4 * 3600 - 1, FAILED)).isEmpty();
    assertThat(at(4 * 3600, FAILED)).containsExactly(News.REMINDER);
    assertThat(tracker.current()).extracting(AlertTracker.Notice::since).containsExactly(START);
  }

  @Test
  void theNextSeedNodeTellsTheEndOfWhatItDoesNotFind() {
    assertThat(at(0, FAILED)).containsExactly(News.RAISED);
    startAnother(3600);

    assertThat(at(3629)).isEmpty();
    assertThat(at(3630)).containsExactly(News.RESOLVED);
    assertThat(tracker.remembered()).isEmpty();
  }

  @Test
  void aClockSetBetweenTwoSeedNodesDelaysNoReminder() {
    assertThat(at(0, FAILED)).containsExactly(News.RAISED);
    set = Duration.ofDays(-1);
    startAnother(3600);

    assertThat(at(3600 + 4 * 3600 - 1, FAILED)).isEmpty();
    assertThat(at(3600 + 4 * 3600, FAILED)).containsExactly(News.REMINDER);
  }

  @Test
  void aKindThatThisVersionLacksIsForgotten() {
    tracker.restore(
        moment(0), List.of(new RememberedAlert("of-the-future", "A", null, "bad", START, START)));
    assertThat(tracker.current()).isEmpty();
  }

  private void startAnother(long seconds) {
    List<RememberedAlert> remembered = tracker.remembered();
    tracker = new AlertTracker(Duration.ofHours(4));
    tracker.restore(moment(seconds), remembered);
  }
}
