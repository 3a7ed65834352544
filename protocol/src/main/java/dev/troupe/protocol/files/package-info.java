/** Files that only their owner may read. */
@NullMarked
package dev.troupe.protocol.files;

import org.jspecify.annotations.NullMarked;
