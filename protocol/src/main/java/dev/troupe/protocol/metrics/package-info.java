/** What a node says of itself in figures when it is asked. */
@NullMarked
package dev.troupe.protocol.metrics;

import org.jspecify.annotations.NullMarked;
