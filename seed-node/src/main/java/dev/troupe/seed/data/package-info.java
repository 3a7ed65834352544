/** What each node holds of Distributed Data, and where nodes differ. */
@NullMarked
package dev.troupe.seed.data;

import org.jspecify.annotations.NullMarked;
