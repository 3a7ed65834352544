/** Calls of a gateway of this cluster, made for an operator who uses the dashboard. */
@NullMarked
package dev.troupe.seed.calls;

import org.jspecify.annotations.NullMarked;
