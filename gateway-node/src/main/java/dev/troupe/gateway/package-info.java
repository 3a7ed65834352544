/** The gateway node: its main class, its wiring and its readiness check. */
@NullMarked
package dev.troupe.gateway;

import org.jspecify.annotations.NullMarked;
