/** Text from elsewhere, made safe to show. */
@NullMarked
package dev.troupe.protocol.text;

import org.jspecify.annotations.NullMarked;
