/** Starting a cluster and watching its seed node. */
@NullMarked
package dev.troupe.cli.launch;

import org.jspecify.annotations.NullMarked;
