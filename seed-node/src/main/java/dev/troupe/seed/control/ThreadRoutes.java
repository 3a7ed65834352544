package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.seed.threads.ThreadSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What the threads of a slot's process do. */
final class ThreadRoutes {
  // Each one holds a thread for some seconds.
  private static final int MOST_SAMPLES = 2;

  private final SlotLookup slots;
  private final Path logs;
  private final Semaphore samples = new Semaphore(MOST_SAMPLES);

  /**
   * @param logs the directory of the log files
   */
  ThreadRoutes(SlotLookup slots, Path logs) {
    this.slots = slots;
    this.logs = logs;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.post("/slots/{slot}/threads", Permission.OPERATE, this::threads));
  }

  private CompletionStage<HttpResponse> threads(ManagementRequest request) {
    if (!samples.tryAcquire()) {
      return now(
          error(
                  503,
                  "the threads of %d processes are being looked at; try again"
                      .formatted(MOST_SAMPLES))
              .addHeader(RawHeader.create("Retry-After", "3")));
    }
    return slots
        .find(request.variable("slot"), (slot, cluster) -> sample(slot))
        .whenComplete((response, failure) -> samples.release());
  }

  private HttpResponse sample(SlotStatus slot) {
    Long pid = slot.pid();
    if (pid == null) {
      return error(
          409, "%s has no process now: it is %s".formatted(slot.slot(), slot.state().label()));
    }
    try {
      return json(200, new ThreadSampler(logs.resolve(slot.slot() + ".out")).sample(pid));
    } catch (ThreadSampler.NoDumpException e) {
      return error(409, "%s: %s".formatted(slot.slot(), e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(503, "the seed node is stopping");
    }
  }
}
