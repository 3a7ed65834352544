package dev.troupe.seed.adoption;

/**
 * A process of this home that an earlier seed node left running.
 *
 * @param mayBeMember whether its node may be a member of a living cluster; false only if it is
 *     known never to have joined
 */
public record SurvivingProcess(
    String slot, int generation, ProcessHandle process, String address, boolean mayBeMember) {}
