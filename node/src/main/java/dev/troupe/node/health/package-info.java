/** How a node checks itself, and how it tells the other nodes by heartbeats. */
@NullMarked
package dev.troupe.node.health;

import org.jspecify.annotations.NullMarked;
