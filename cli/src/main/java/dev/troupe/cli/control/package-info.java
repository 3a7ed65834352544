/** Talking to the seed node's control API. */
@NullMarked
package dev.troupe.cli.control;

import org.jspecify.annotations.NullMarked;
