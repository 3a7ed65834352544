package dev.troupe.service.background;

import dev.troupe.service.background.EventInbox.Due;
import dev.troupe.service.background.EventInbox.Failure;
import dev.troupe.service.background.EventInbox.Position;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs how the events of one source go, each trouble once. */
final class SubscriptionReport {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionReport.class);

  private final String slot;
  private final String source;
  private String trouble = "";
  private List<String> unknown = List.of();

  SubscriptionReport(String slot, String source) {
    this.slot = slot;
    this.source = source;
  }

  /**
   * @param why nothing goes on now
   */
  void waiting(String why) {
    if (!trouble.equals(why)) {
      trouble = why;
      log.warn("[{}] events of {} wait: {}", slot, source, why);
    }
  }

  /**
   * @param unpublished events that the source does not publish
   */
  void read(List<String> unpublished) {
    if (!trouble.isEmpty()) {
      trouble = "";
      log.info("[{}] events of {} arrive again", slot, source);
    }
    if (!unpublished.equals(unknown)) {
      unknown = unpublished;
      if (!unknown.isEmpty()) {
        log.error(
            "[{}] {} publishes no {} (expected: an event that its definition publishes)",
            slot,
            source,
            String.join(", ", unknown));
      }
    }
  }

  void replaced(Position before, Position now) {
    log.warn(
        "[{}] the store of {} was replaced: its events are read from {} on (before: from {} on)",
        slot,
        source,
        now.number() + 1,
        before.number() + 1);
  }

  void failed(List<Failure> failures, Set<Due> dead) {
    for (Failure failure : failures) {
      Due event = failure.event();
      boolean forGood = dead.contains(event);
      log.atLevel(forGood ? Level.ERROR : Level.WARN)
          .log(
              "[{}] {} {} of {} failed, and is {}: {}",
              slot,
              event.event(),
              event.id(),
              source,
              forGood ? "dead after its deadline" : "tried again",
              failure.why());
    }
  }
}
