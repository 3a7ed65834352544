/** Traces: what connects the work that many processes do for one request. */
@NullMarked
package dev.troupe.protocol.trace;

import org.jspecify.annotations.NullMarked;
