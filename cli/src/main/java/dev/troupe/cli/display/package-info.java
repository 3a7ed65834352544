/** How the state of a cluster is shown to people. */
@NullMarked
package dev.troupe.cli.display;

import org.jspecify.annotations.NullMarked;
