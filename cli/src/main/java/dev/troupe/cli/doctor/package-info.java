/** Checking whether a machine and a home are fit for a cluster. */
@NullMarked
package dev.troupe.cli.doctor;

import org.jspecify.annotations.NullMarked;
