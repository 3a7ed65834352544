/** What an instance says of itself in Distributed Data. */
@NullMarked
package dev.troupe.protocol.registry;

import org.jspecify.annotations.NullMarked;
