/** Runs a service from the sources of its project while somebody works on it. */
@NullMarked
package dev.troupe.cli.dev;

import org.jspecify.annotations.NullMarked;
