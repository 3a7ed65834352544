/** Reading and following the logs of a cluster. */
@NullMarked
package dev.troupe.cli.logs;

import org.jspecify.annotations.NullMarked;
