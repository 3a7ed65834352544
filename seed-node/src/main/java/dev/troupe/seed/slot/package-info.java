/** The life of one slot: what it decides, and the actor that does it. */
@NullMarked
package dev.troupe.seed.slot;

import org.jspecify.annotations.NullMarked;
