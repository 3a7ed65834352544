/** Requests to programs: from this node to the port of the program, over HTTP. */
@NullMarked
package dev.troupe.node.program;

import org.jspecify.annotations.NullMarked;
