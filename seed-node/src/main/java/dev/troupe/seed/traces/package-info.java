/** The traces that the seed node keeps: collected from the nodes, and put together. */
@NullMarked
package dev.troupe.seed.traces;

import org.jspecify.annotations.NullMarked;
