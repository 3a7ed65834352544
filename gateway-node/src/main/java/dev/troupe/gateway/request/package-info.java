/** Handles a request: from HTTP to a call of a service, and back. */
@NullMarked
package dev.troupe.gateway.request;

import org.jspecify.annotations.NullMarked;
