/** What runs where: cluster membership, and what instances write of themselves. */
@NullMarked
package dev.troupe.node.registry;

import org.jspecify.annotations.NullMarked;
