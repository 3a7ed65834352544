/** The HTTP server: listening, limits, bodies, and answers that are always JSON. */
@NullMarked
package dev.troupe.gateway.http;

import org.jspecify.annotations.NullMarked;
