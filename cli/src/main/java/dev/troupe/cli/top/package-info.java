/** The live table of {@code bin/troupe top}. */
@NullMarked
package dev.troupe.cli.top;

import org.jspecify.annotations.NullMarked;
