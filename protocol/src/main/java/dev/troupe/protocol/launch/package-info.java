/** How the processes of a cluster are launched, and how they say why they ended. */
@NullMarked
package dev.troupe.protocol.launch;

import org.jspecify.annotations.NullMarked;
