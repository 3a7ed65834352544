/** Operating-system processes: launching, ending, looking into them. */
@NullMarked
package dev.troupe.seed.process;

import org.jspecify.annotations.NullMarked;
