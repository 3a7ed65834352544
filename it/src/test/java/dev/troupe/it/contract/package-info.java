/** Compares what a gateway does with what its {@code /openapi.json} says. */
@NullMarked
package dev.troupe.it.contract;

import org.jspecify.annotations.NullMarked;
