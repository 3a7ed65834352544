/** The pages that the gateway itself answers: which services run, where, and how they are. */
@NullMarked
package dev.troupe.gateway.status;

import org.jspecify.annotations.NullMarked;
