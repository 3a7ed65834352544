/** Which services call which. */
@NullMarked
package dev.troupe.seed.graph;

import org.jspecify.annotations.NullMarked;
