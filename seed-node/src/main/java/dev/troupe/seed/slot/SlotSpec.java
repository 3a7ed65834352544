package dev.troupe.seed.slot;

import dev.troupe.protocol.settings.HealthSettings;
import dev.troupe.protocol.settings.RestartSettings;
import dev.troupe.protocol.settings.StopSettings;
import java.time.Duration;

/**
 * What a slot is and how it is treated.
 *
 * @param service the service it hosts, or {@code gateway}
 */
public record SlotSpec(
    String slot,
    String service,
    RestartSettings restart,
    HealthSettings health,
    StopSettings stop,
    Duration startTimeout) {}
