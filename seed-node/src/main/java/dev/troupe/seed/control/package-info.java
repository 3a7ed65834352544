/** The control API on the loopback. */
@NullMarked
package dev.troupe.seed.control;

import org.jspecify.annotations.NullMarked;
