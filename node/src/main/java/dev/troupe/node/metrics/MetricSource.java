package dev.troupe.node.metrics;

/** Gives samples of figures that somebody else keeps. */
@FunctionalInterface
public interface MetricSource {
  /**
   * Adds the samples of this moment. Called on a thread that may block for some milliseconds, and
   * only while somebody asks for metrics.
   */
  void addTo(MetricSamples samples);
}
