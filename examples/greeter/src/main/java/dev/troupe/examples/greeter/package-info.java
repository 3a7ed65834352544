/** A service of one's own. */
@NullMarked
package dev.troupe.examples.greeter;

import org.jspecify.annotations.NullMarked;
