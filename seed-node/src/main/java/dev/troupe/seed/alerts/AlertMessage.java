package dev.troupe.seed.alerts;

import dev.troupe.protocol.control.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What is told about an alert.
 *
 * @param id the same for each attempt to deliver the message
 * @param home of the cluster, to tell several apart
 */
record AlertMessage(String id, AlertTracker.News news, Instant at, Alert alert, String home) {
  private static final int MOST_LINES = 20;

  static AlertMessage of(AlertTracker.Notice notice, Instant at, List<String> why, String home) {
    return new AlertMessage(
        UUID.randomUUID().toString(), notice.news(), at, alert(notice, why), home);
  }

  static Alert alert(AlertTracker.Notice notice, List<String> why) {
    Problem problem = notice.problem();
    return new Alert(
        problem.kind().label(),
        problem.slot() == null ? problem.subject() : problem.slot(),
        notice.since(),
        problem.text(),
        why.subList(0, Math.min(MOST_LINES, why.size())));
  }

  String label() {
    return news.name().toLowerCase(Locale.ROOT);
  }

  /** One line. */
  String summary() {
    return "alert %s: %s: %s".formatted(label(), alert.kind(), alert.text());
  }

  /**
   * @param link to the dashboard; empty if there is none
   */
  Slack slack(String link) {
    return new Slack(text("```\n", link));
  }

  /**
   * The text of a mail.
   *
   * @param link to the dashboard; empty if there is none
   */
  String text(String link) {
    return text("", link) + "\n";
  }

  private String text(String fence, String link) {
    StringBuilder text = new StringBuilder("Troupe in " + home + ": " + summary());
    if (news != AlertTracker.News.RESOLVED && !alert.why().isEmpty()) {
      text.append("\n").append(fence).append(String.join("\n", alert.why()));
      text.append("\n").append(fence.strip());
    }
    if (!link.isEmpty()) {
      text.append('\n').append(link);
    }
    return text.toString();
  }

  Post post(String link) {
    return new Post("troupe.alert." + label(), at, new Data(home, alert, link));
  }

  /** The body for Slack and others. */
  record Slack(String text) {}

  /** The body for a webhook. */
  record Post(String type, Instant timestamp, Data data) {}

  /** What the alert is. */
  record Data(String home, Alert alert, String link) {}
}
