package dev.troupe.seed.slot;

import dev.troupe.seed.process.ProcessLauncher;
import dev.troupe.seed.process.SlotVersions;
import java.time.Clock;

/**
 * What every slot of a home works with.
 *
 * @param versions with which slots are launched while a service is deployed
 * @param clock for what is shown; all decisions are by {@code ticker}
 */
public record SlotEnvironment(
    ProcessLauncher launcher,
    LaunchPermits permits,
    ClusterControl cluster,
    SlotVersions versions,
    Ticker ticker,
    Clock clock) {}
