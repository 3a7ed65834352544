/**
 * How a node learns that the process of another node has ended, and what Pekko Cluster makes of it.
 */
@NullMarked
package dev.troupe.node.death;

import org.jspecify.annotations.NullMarked;
