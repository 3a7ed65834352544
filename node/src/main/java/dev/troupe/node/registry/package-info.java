/** What is running and where: cluster membership, enriched by what instances say of themselves. */
@NullMarked
package dev.troupe.node.registry;

import org.jspecify.annotations.NullMarked;
