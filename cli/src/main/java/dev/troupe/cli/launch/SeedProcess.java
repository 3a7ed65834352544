package dev.troupe.cli.launch;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A seed node that was started or adopted.
 *
 * @param generation how often it has been launched in this cluster's life
 * @param exit completes with its exit code, or null if that cannot be known
 */
record SeedProcess(long pid, int generation, CompletableFuture<@Nullable Integer> exit) {}
