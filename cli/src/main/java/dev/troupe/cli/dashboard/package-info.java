/** The way to the dashboard. */
@NullMarked
package dev.troupe.cli.dashboard;

import org.jspecify.annotations.NullMarked;
