/** Measures a started product from outside, as its clients see it. */
@NullMarked
package dev.troupe.bench;

import org.jspecify.annotations.NullMarked;
