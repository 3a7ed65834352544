/** The gateway's own endpoints: what is running, and where. */
@NullMarked
package dev.troupe.gateway.page;

import org.jspecify.annotations.NullMarked;
