package dev.troupe.node.metrics;

import dev.troupe.protocol.metrics.MetricsReport;
import dev.troupe.protocol.metrics.MetricsRequest;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Tells the metrics of this node to the seed node, whenever that asks. */
public final class MetricsReporter {
  private static final String NAME = "metrics";
  private static final String PATH = "/user/" + NAME;

  private MetricsReporter() {}

  /** The name of the actor: {@link #of} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * The reporter of another node, or of this one.
   *
   * @param address of the node, as a member of the cluster has it
   */
  public static ActorRef<MetricsRequest> of(String address, ActorSystem<?> system) {
    return ActorRefResolver.get(system).resolveActorRef(address + PATH);
  }

  /**
   * Answers requests one after the other. Must run where it may block.
   *
   * @param slot of this node
   */
  public static Behavior<MetricsRequest> create(String slot, NodeMetrics metrics) {
    // Once, although the actor may be restarted.
    metrics.add(new JvmMetrics());
    return Behaviors.receive(MetricsRequest.class)
        .onMessage(
            MetricsRequest.class,
            request -> {
              MetricSamples samples = metrics.samples();
              request
                  .replyTo()
                  .tell(
                      new MetricsReport(
                          request.scrape(),
                          MetricsReport.VERSION,
                          slot,
                          samples.families(),
                          samples.dropped()));
              return Behaviors.same();
            })
        .build();
  }
}
