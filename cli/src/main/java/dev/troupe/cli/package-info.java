/** The program behind {@code bin/troupe}. */
@NullMarked
package dev.troupe.cli;

import org.jspecify.annotations.NullMarked;
