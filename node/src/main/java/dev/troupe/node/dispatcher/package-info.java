/** The threads of a node: for Troupe's own messages, and for the code of services. */
@NullMarked
package dev.troupe.node.dispatcher;

import org.jspecify.annotations.NullMarked;
