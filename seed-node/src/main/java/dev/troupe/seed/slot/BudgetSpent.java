package dev.troupe.seed.slot;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a slot is not launched again.
 *
 * @param relaunches that were tried
 * @param window in which they were; nothing if none of them ever got ready, however long it took
 */
public record BudgetSpent(int relaunches, Optional<Duration> window) {}
