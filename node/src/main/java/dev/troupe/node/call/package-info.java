/** Calls to services, wherever their instances are. */
@NullMarked
package dev.troupe.node.call;

import org.jspecify.annotations.NullMarked;
