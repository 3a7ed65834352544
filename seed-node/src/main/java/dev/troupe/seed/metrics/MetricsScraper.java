package dev.troupe.seed.metrics;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns the scrapes that are under way: one child for each, and no more than a few. */
public final class MetricsScraper {
  /** The most scrapes at a time. */
  static final int MOST_SCRAPES = 8;

  private MetricsScraper() {}

  /**
   * Asks nodes for their metrics.
   *
   * @param nodes their addresses, by slot
   * @param replyTo gets the answer within a second
   */
  public record Scrape(Map<String, String> nodes, ActorRef<MetricsScrape> replyTo) {
    public Scrape {
      nodes = Map.copyOf(nodes);
    }
  }

  /** Begins scrapes. */
  public static Behavior<Scrape> create() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Scrape.class)
                .onMessage(Scrape.class, scrape -> begin(context, scrape))
                .build());
  }

  private static Behavior<Scrape> begin(ActorContext<Scrape> context, Scrape scrape) {
    if (scrape.nodes().isEmpty()) {
      scrape.replyTo().tell(MetricsScrape.NONE);
    } else if (context.getChildren().size() >= MOST_SCRAPES) {
      scrape.replyTo().tell(MetricsScrape.REFUSED);
    } else {
      context.spawnAnonymous(
          MetricsCollector.create(scrape.nodes(), context.getSystem(), scrape.replyTo()));
    }
    return Behaviors.same();
  }
}
