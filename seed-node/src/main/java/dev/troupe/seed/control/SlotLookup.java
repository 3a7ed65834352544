package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotStatus;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Finds the slot that a request is about. */
final class SlotLookup {
  private final Supplier<CompletionStage<ClusterStatus>> status;
  private final Executor blocking;

  /**
   * @param blocking runs the answers
   */
  SlotLookup(Supplier<CompletionStage<ClusterStatus>> status, Executor blocking) {
    this.status = status;
    this.blocking = blocking;
  }

  /** The answer for the slot with this name, or 404 with the names of all slots. */
  CompletionStage<HttpResponse> find(
      String name, BiFunction<SlotStatus, ClusterStatus, HttpResponse> answer) {
    return status
        .get()
        .thenApplyAsync(
            cluster ->
                cluster.slots().stream()
                    .filter(slot -> slot.slot().equals(name))
                    .findFirst()
                    .map(slot -> answer.apply(slot, cluster))
                    .orElseGet(() -> error(404, unknown(name, cluster))),
            blocking);
  }

  private static String unknown(String name, ClusterStatus cluster) {
    return "there is no slot '%s'; there are: %s"
        .formatted(
            name, String.join(", ", cluster.slots().stream().map(SlotStatus::slot).toList()));
  }
}
