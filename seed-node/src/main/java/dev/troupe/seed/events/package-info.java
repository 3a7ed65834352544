/** The journal of what happened to the slots. */
@NullMarked
package dev.troupe.seed.events;

import org.jspecify.annotations.NullMarked;
