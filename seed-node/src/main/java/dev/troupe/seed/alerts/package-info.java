/** Telling operators what they should look at. */
@NullMarked
package dev.troupe.seed.alerts;

import org.jspecify.annotations.NullMarked;
