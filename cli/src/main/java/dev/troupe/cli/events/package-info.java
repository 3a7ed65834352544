/** What happened to the slots, told line by line or in sentences. */
@NullMarked
package dev.troupe.cli.events;

import org.jspecify.annotations.NullMarked;
