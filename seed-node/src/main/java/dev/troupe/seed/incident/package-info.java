/** What happened around the end of a process, and the files that the processes of a slot wrote. */
@NullMarked
package dev.troupe.seed.incident;

import org.jspecify.annotations.NullMarked;
