/** How JSON is read and written wherever a client sees it. */
@NullMarked
package dev.troupe.protocol.json;

import org.jspecify.annotations.NullMarked;
