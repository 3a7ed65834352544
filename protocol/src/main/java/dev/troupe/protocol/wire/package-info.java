/** How the envelope of calls is written to the wire. */
@NullMarked
package dev.troupe.protocol.wire;

import org.jspecify.annotations.NullMarked;
