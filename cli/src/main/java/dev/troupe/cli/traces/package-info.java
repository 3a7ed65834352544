/** {@code traces}: the way of a request through the processes. */
@NullMarked
package dev.troupe.cli.traces;

import org.jspecify.annotations.NullMarked;
