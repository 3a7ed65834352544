package dev.troupe.seed.adoption;

import dev.troupe.protocol.process.ProcessIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slot's process as the state file keeps it.
 *
 * @param sinceBoot of {@link ProcessIdentity}; null in a file of an earlier version too
 * @param joined whether its node has been a member of the cluster
 */
public record SavedSlot(
    String slot,
    int generation,
    long pid,
    Instant startedAt,
    @Nullable String sinceBoot,
    String address,
    boolean joined) {

  ProcessIdentity process() {
    return new ProcessIdentity(pid, startedAt, sinceBoot);
  }
}
