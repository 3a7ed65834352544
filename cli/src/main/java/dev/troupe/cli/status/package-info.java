/** Asking a running cluster how it is, and for a restart. */
@NullMarked
package dev.troupe.cli.status;

import org.jspecify.annotations.NullMarked;
