/** What the control API of the seed node answers. */
@NullMarked
package dev.troupe.protocol.control;

import org.jspecify.annotations.NullMarked;
