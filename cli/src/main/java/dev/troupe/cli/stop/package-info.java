/** Stopping a cluster, in order or by force. */
@NullMarked
package dev.troupe.cli.stop;

import org.jspecify.annotations.NullMarked;
