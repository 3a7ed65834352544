/** The cluster in figures, for Prometheus. */
@NullMarked
package dev.troupe.seed.metrics;

import org.jspecify.annotations.NullMarked;
