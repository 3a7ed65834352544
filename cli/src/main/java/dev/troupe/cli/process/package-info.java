/** The processes of a cluster, as the operating system knows them. */
@NullMarked
package dev.troupe.cli.process;

import org.jspecify.annotations.NullMarked;
