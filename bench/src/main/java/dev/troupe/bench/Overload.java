package dev.troupe.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Sends four times as many requests as can be served, and measures how many are served. */
record Overload(String gateway, Wrk wrk, int seconds, int warmUpSeconds) {
  private static final int FACTOR = 4;
  private static final int PEAK_CONNECTIONS = 128;

  /** More than the bulkhead of a service takes. The gateway takes these and the probes. */
  private static final int CONNECTIONS = 1000;

  /** Compiles the code before the first measurement, as it is compiled for the later ones. */
  private static final List<Integer> WARM_UP =
      List.of(PEAK_CONNECTIONS, CONNECTIONS, PEAK_CONNECTIONS);

  private static final double GOODPUT_EXPECTED = 0.8;
  private static final Workload TRAFFIC = Workload.POST_ORDER;

  /** Requests of one client beside the load. */
  private static final int PROBES_PER_SECOND = 20;

  /**
   * @return whether enough requests were served, each refusal had a {@code Retry-After}, and every
   *     request right after the overload was served
   */
  boolean run(PrintWriter out) {
    for (int connections : WARM_UP) {
      wrk.run(gateway, TRAFFIC, connections, warmUpSeconds);
    }
    double peak = wrk.run(gateway, TRAFFIC, PEAK_CONNECTIONS, seconds).successesPerSecond();
    out.printf("peak: %.0f answers/s at %d connections%n", peak, PEAK_CONNECTIONS);
    long pauseMillis = Math.max(1, Math.round(CONNECTIONS * 1e3 / (FACTOR * peak)));
    CompletableFuture<List<Sample>> probes =
        CompletableFuture.supplyAsync(() -> probe(seconds), task -> new Thread(task).start());
    WrkResult loaded = wrk.paced(gateway, TRAFFIC, CONNECTIONS, seconds, pauseMillis);
    out.printf(
        "overload: %d connections, each with a pause of %d ms, so %.0f requests/s if answered at"
            + " once: %.0f served/s (%.2f of the peak), p99 %.0f ms; %d refused with 503, %d of them"
            + " without Retry-After; %d other failures%n",
        CONNECTIONS,
        pauseMillis,
        CONNECTIONS * 1e3 / pauseMillis,
        loaded.successesPerSecond(),
        loaded.successesPerSecond() / peak,
        loaded.p99Micros() / 1e3,
        loaded.refused(),
        loaded.unexplained(),
        loaded.failed() - loaded.refused());
    show("beside it", probes.join(), out);
    List<Sample> after = probe(2);
    show("right after", after, out);
    double again = wrk.run(gateway, TRAFFIC, PEAK_CONNECTIONS, seconds).successesPerSecond();
    out.printf("after it: %.0f answers/s (%.2f of the peak)%n", again, again / peak);
    return loaded.successesPerSecond() >= GOODPUT_EXPECTED * Math.max(peak, again)
        && again >= GOODPUT_EXPECTED * peak
        && loaded.unexplained() == 0
        && loaded.failed() == loaded.refused()
        && after.stream().allMatch(Sample::isOk);
  }

  private List<Sample> probe(int duration) {
    return new Load(Requests.getUser(gateway, wrk.firstUser()))
        .atConstantRate(PROBES_PER_SECOND, (long) PROBES_PER_SECOND * duration);
  }

  private static void show(String when, List<Sample> samples, PrintWriter out) {
    out.printf(
        "GET of one client %s: %d of %d answered with 200; median %.0f ms, longest %.0f ms%n",
        when,
        samples.stream().filter(Sample::isOk).count(),
        samples.size(),
        millis(samples).skip(samples.size() / 2).findFirst().orElse(0.0),
        millis(samples).reduce(0.0, Math::max));
  }

  private static Stream<Double> millis(List<Sample> samples) {
    return samples.stream().map(Sample::millis).sorted();
  }
}
