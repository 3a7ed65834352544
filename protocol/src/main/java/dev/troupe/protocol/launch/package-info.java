/** How the processes of a cluster are started and recognised. */
@NullMarked
package dev.troupe.protocol.launch;

import org.jspecify.annotations.NullMarked;
