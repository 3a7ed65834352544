/** Searching the log files of a cluster. */
@NullMarked
package dev.troupe.protocol.logs;

import org.jspecify.annotations.NullMarked;
