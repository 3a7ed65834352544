/** The time of day, which can be set, beside the time that passes. */
@NullMarked
package dev.troupe.service.clock;

import org.jspecify.annotations.NullMarked;
