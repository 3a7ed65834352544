/** How much work waits in the store of a service. */
@NullMarked
package dev.troupe.service.queue;

import org.jspecify.annotations.NullMarked;
