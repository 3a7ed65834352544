/** The data of a cluster that does not run. */
@NullMarked
package dev.troupe.cli.data;

import org.jspecify.annotations.NullMarked;
