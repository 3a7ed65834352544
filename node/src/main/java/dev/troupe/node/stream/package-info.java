/** Bodies that pass from one node to another in chunks. */
@NullMarked
package dev.troupe.node.stream;

import org.jspecify.annotations.NullMarked;
