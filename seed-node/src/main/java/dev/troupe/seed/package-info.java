/** The seed node: first member of the cluster and supervisor of its processes. */
@NullMarked
package dev.troupe.seed;

import org.jspecify.annotations.NullMarked;
