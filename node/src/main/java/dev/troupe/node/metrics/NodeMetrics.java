package dev.troupe.node.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that this node measures. Who measures something asks once for a handle and records with that.
 * Nothing is computed until somebody asks for {@link #samples}. Thread-safe.
 */
public final class NodeMetrics {
  private static final Logger log = LoggerFactory.getLogger(NodeMetrics.class);

  /** The name of the histograms of requests that a gateway has answered. */
  public static final String REQUESTS_OF_CLIENTS = "http_server_request_duration_seconds";

  /** The name of the histograms of calls that an instance has answered. */
  static final String CALLS_OF_NODES = "rpc_server_call_duration_seconds";

  /** The most handles of a node; what is asked for beyond shares one that nobody sees. */
  static final int MOST_HANDLES = 5_000;

  /** A handle of one family; the others have the same name and other labels. */
  private record Key(String name, Map<String, String> labels) {}

  private record Handle<T>(String help, T figure) {}

  private static final NodeMetrics OFF = new NodeMetrics(false);

  private final boolean enabled;
  private final Map<Key, Handle<Histogram>> histograms = new LinkedHashMap<>();
  private final Map<Key, Handle<LongAdder>> counters = new LinkedHashMap<>();
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
  private final Histogram unseenHistogram = new Histogram();
  private final LongAdder unseenCounter = new LongAdder();

  private NodeMetrics(boolean enabled) {
    this.enabled = enabled;
  }

  /** Metrics that are kept if {@code enabled}. */
  public static NodeMetrics of(boolean enabled) {
    return enabled ? new NodeMetrics(true) : OFF;
  }

  /** Whether anything is kept: if not, whoever measures can save the look at the clock. */
  public boolean isEnabled() {
    return enabled;
  }

  /**
   * A histogram of durations.
   *
   * @return the same one for the same name and labels
   */
  public Histogram histogram(String name, String help, Map<String, String> labels) {
    return handle(histograms, new Key(name, labels), help, new Histogram(), unseenHistogram);
  }

  /**
   * A counter.
   *
   * @param name without {@code _total}
   * @return the same one for the same name and labels
   */
  public LongAdder counter(String name, String help, Map<String, String> labels) {
    return handle(counters, new Key(name, labels), help, new LongAdder(), unseenCounter);
  }

  private synchronized <T> T handle(
      Map<Key, Handle<T>> all, Key key, String help, T created, T unseen) {
    if (!enabled) {
      return unseen;
    }
    Handle<T> known = all.get(key);
    if (known != null) {
      return known.figure();
    }
    if (histograms.size() + counters.size() >= MOST_HANDLES) {
      return unseen;
    }
    all.put(key, new Handle<>(help, created));
    return created;
  }

  /** Makes a histogram known that somebody else has created. */
  public synchronized void add(
      String name, String help, Map<String, String> labels, Histogram histogram) {
    if (enabled) {
      histograms.put(new Key(name, labels), new Handle<>(help, histogram));
    }
  }

  /** Asks {@code source} whenever somebody asks for samples. */
  public void add(MetricSource source) {
    if (enabled) {
      sources.add(source);
    }
  }

  /** The requests and calls that this node has answered. */
  synchronized AnsweredRequests answered() {
    AnsweredRequests answered = AnsweredRequests.none();
    histograms.forEach((key, handle) -> answered.add(key.name(), key.labels(), handle.figure()));
    return answered;
  }

  /** The samples of this moment; may block for some milliseconds. */
  MetricSamples samples() {
    MetricSamples samples = new MetricSamples();
    for (MetricSource source : sources) {
      try {
        source.addTo(samples);
      } catch (RuntimeException e) {
        log.warn("the metrics of {} are missing", source.getClass().getSimpleName(), e);
      }
    }
    synchronized (this) {
      counters.forEach(
          (key, counter) ->
              samples.counter(
                  key.name(), counter.help(), key.labels(), (double) counter.figure().sum()));
      histograms.forEach(
          (key, histogram) ->
              samples.histogram(key.name(), histogram.help(), key.labels(), histogram.figure()));
    }
    return samples;
  }
}
