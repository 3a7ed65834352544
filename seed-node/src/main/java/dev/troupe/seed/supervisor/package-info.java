/** All slots of a home: their order, and who asks about them. */
@NullMarked
package dev.troupe.seed.supervisor;

import org.jspecify.annotations.NullMarked;
