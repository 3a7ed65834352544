/** What a node remembers of the work it did for traces, and which of them are to be kept. */
@NullMarked
package dev.troupe.node.trace;

import org.jspecify.annotations.NullMarked;
