/** The command that applies changed settings to a running cluster. */
@NullMarked
package dev.troupe.cli.reload;

import org.jspecify.annotations.NullMarked;
