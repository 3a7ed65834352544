package dev.troupe.seed.slot;

import dev.troupe.seed.process.ProcessLauncher;
import java.time.Clock;

/**
 * What every slot of a home works with.
 *
 * @param clock for what is shown; all decisions are by {@code ticker}
 */
public record SlotEnvironment(
    ProcessLauncher launcher,
    LaunchPermits permits,
    ClusterControl cluster,
    Ticker ticker,
    Clock clock) {}
