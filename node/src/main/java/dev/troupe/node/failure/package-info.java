/** What happens to an actor that throws, whatever it throws. */
@NullMarked
package dev.troupe.node.failure;

import org.jspecify.annotations.NullMarked;
