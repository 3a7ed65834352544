package dev.troupe.seed.process;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.launch.ServiceVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Which slots are launched with another version of their service than its current one, because it
 * is being deployed. A new seed node knows nothing of that: each slot that it launches gets the
 * current version.
 */
public final class SlotVersions {
  /** Where the current version of each service is stored. */
  @FunctionalInterface
  public interface Store {
    CompletionStage<Void> makeCurrent(String service, String version);
  }

  private final Store store;
  private final Map<String, String> assigned = new ConcurrentHashMap<>();

  public SlotVersions(Store store) {
    this.store = store;
  }

  /** Stores the current versions in the files of {@code home}. */
  public static SlotVersions of(Path home, Executor blocking) {
    return new SlotVersions(
        (service, version) ->
            CompletableFuture.runAsync(
                () -> {
                  try {
                    new ServiceVersions(home, service).makeCurrent(version, Instant.now());
                  } catch (IOException e) {
                    throw new CompletionException(e.getMessage(), e);
                  }
                },
                blocking));
  }

  /** The next launch of the slot is with this version. */
  public void assign(String slot, String version) {
    assigned.put(slot, version);
  }

  /** From now on all slots of the service are launched with its current version. */
  public void release(String service) {
    assigned.keySet().removeIf(slot -> NodeNames.serviceOf(slot).equals(service));
  }

  /** Makes it the current version of the service; fails when it cannot be stored. */
  public CompletionStage<Void> makeCurrent(String service, String version) {
    return store.makeCurrent(service, version);
  }

  /** The version that the next launch of the slot is with, if it is not the current one. */
  public Optional<String> of(String slot) {
    return Optional.ofNullable(assigned.get(slot));
  }
}
