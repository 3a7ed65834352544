/** The envelope of every call between processes. */
@NullMarked
package dev.troupe.protocol.call;

import org.jspecify.annotations.NullMarked;
