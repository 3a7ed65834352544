/** What all processes did in the last day: collected from the nodes, kept, and saved. */
@NullMarked
package dev.troupe.seed.history;

import org.jspecify.annotations.NullMarked;
