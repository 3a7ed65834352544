/** Random texts, and texts that only the owner of a secret can make. */
@NullMarked
package dev.troupe.protocol.crypto;

import org.jspecify.annotations.NullMarked;
