/** How a node ends: in order, with an exit code that says why, and in bounded time. */
@NullMarked
package dev.troupe.node.shutdown;

import org.jspecify.annotations.NullMarked;
