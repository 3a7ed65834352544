/** How every node starts: command line, configuration, guardian, role. */
@NullMarked
package dev.troupe.node.start;

import org.jspecify.annotations.NullMarked;
