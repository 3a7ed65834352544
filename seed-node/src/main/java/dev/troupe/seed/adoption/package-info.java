/** How a seed node finds again what an earlier one left running. */
@NullMarked
package dev.troupe.seed.adoption;

import org.jspecify.annotations.NullMarked;
