/** The archive of shared classes that makes processes start faster. */
@NullMarked
package dev.troupe.cli.archive;

import org.jspecify.annotations.NullMarked;
