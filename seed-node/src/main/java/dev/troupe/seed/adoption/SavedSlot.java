package dev.troupe.seed.adoption;

import java.time.Instant;

/**
 * A slot's process as the state file keeps it.
 *
 * @param startedAt with the pid, tells the process from all others ever
 * @param joined whether its node has been a member of the cluster
 */
public record SavedSlot(
    String slot, int generation, long pid, Instant startedAt, String address, boolean joined) {}
