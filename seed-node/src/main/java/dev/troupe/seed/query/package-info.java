/** Questions that the seed node asks of all nodes at once. */
@NullMarked
package dev.troupe.seed.query;

import org.jspecify.annotations.NullMarked;
