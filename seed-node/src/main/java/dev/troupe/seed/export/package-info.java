/** Sends kept traces on to a system that stores traces, in the OpenTelemetry protocol. */
@NullMarked
package dev.troupe.seed.export;

import org.jspecify.annotations.NullMarked;
