/** What crosses a process boundary. */
@NullMarked
package dev.troupe.protocol;

import org.jspecify.annotations.NullMarked;
