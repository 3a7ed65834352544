/** How a node writes its log file. */
@NullMarked
package dev.troupe.node.log;

import org.jspecify.annotations.NullMarked;
