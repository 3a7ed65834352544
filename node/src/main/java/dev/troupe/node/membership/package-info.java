/** How quickly the nodes of the cluster agree about its members. */
@NullMarked
package dev.troupe.node.membership;

import org.jspecify.annotations.NullMarked;
