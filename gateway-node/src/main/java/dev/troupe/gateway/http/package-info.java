/** The HTTP server of the gateway: its port, its limits, request bodies, and JSON responses. */
@NullMarked
package dev.troupe.gateway.http;

import org.jspecify.annotations.NullMarked;
