/** Thread dumps of a process: taken, read and compared. */
@NullMarked
package dev.troupe.seed.threads;

import org.jspecify.annotations.NullMarked;
