package dev.troupe.seed.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows which problems last, and decides when somebody is told. Not for several threads. */
final class AlertTracker {
  // A problem that comes and goes is one problem.
  private static final Duration GONE = Duration.ofSeconds(30);

  private final Duration remindAfter;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  AlertTracker(Duration remindAfter) {
    this.remindAfter = remindAfter;
  }

  /** What is told. */
  enum News {
    RAISED,
    REMINDER,
    RESOLVED
  }

  /**
   * @param since when the problem was first seen
   */
  record Notice(News news, Problem problem, Instant since) {}

  private static final class Entry {
    private final Instant since;
    private Problem problem;
    private Instant lastSeen;
    private Instant lastTold = Instant.MIN;

    Entry(Problem problem, Instant since) {
      this.problem = problem;
      this.since = since;
      this.lastSeen = since;
    }

    boolean isRaised() {
      return !lastTold.equals(Instant.MIN);
    }

    Notice notice(News news) {
      return new Notice(news, problem, since);
    }
  }

  /**
   * @param all problems of now
   * @param causes those of them that follow from no other one
   * @return what to tell
   */
  List<Notice> update(Instant now, List<Problem> all, List<Problem> causes) {
    List<Notice> notices = new ArrayList<>();
    Set<String> causing = causes.stream().map(Problem::key).collect(Collectors.toSet());
    for (Problem problem : all) {
      Entry entry = entries.computeIfAbsent(problem.key(), key -> new Entry(problem, now));
      entry.problem = problem;
      entry.lastSeen = now;
      if (!causing.contains(problem.key())) {
        continue;
      }
      if (!entry.isRaised() && !now.isBefore(entry.since.plus(problem.kind().hold()))) {
        entry.lastTold = now;
        notices.add(entry.notice(News.RAISED));
      } else if (entry.isRaised() && !now.isBefore(entry.lastTold.plus(remindAfter))) {
        entry.lastTold = now;
        notices.add(entry.notice(News.REMINDER));
      }
    }
    for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
      Entry entry = i.next();
      if (!entry.isRaised() && entry.lastSeen.isBefore(now)) {
        i.remove();
      } else if (!now.isBefore(entry.lastSeen.plus(GONE))) {
        i.remove();
        notices.add(entry.notice(News.RESOLVED));
      }
    }
    return notices;
  }

  /** What was raised and lasts. */
  List<Notice> current() {
    return entries.values().stream()
        .filter(Entry::isRaised)
        .map(entry -> entry.notice(News.RAISED))
        .toList();
  }
}
