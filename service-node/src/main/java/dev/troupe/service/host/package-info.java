/** Hosts one service: finds its class, gives it what it needs, and takes its requests. */
@NullMarked
package dev.troupe.service.host;

import org.jspecify.annotations.NullMarked;
