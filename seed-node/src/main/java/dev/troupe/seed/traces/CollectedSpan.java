package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.Span;

/**
 * A span, and the process that has told it.
 *
 * @param slot of the process
 * @param generation of the process
 */
record CollectedSpan(String slot, int generation, Span span) {
  long endMicros() {
    return span.startMicros() + span.durationMicros();
  }
}
