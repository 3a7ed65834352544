/** How every node starts, joins, announces itself and leaves. */
@NullMarked
package dev.troupe.node.start;

import org.jspecify.annotations.NullMarked;
