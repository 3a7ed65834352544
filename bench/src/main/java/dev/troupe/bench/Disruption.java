package dev.troupe.bench;

/**
 * When something was done to the product, in milliseconds since the load began.
 *
 * @param over when the killed process was gone, or what was ordered was done
 */
record Disruption(long begun, long over) {}
