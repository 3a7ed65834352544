/**
 * The processes of this machine: which of them belong to a cluster, and whether they still live.
 */
@NullMarked
package dev.troupe.protocol.process;

import org.jspecify.annotations.NullMarked;
