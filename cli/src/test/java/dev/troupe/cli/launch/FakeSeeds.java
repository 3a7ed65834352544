package dev.troupe.cli.launch;

import dev.troupe.protocol.control.ClusterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Seed nodes that start, answer and end as a test says. */
final class FakeSeeds implements SeedLauncher {
  final List<SeedProcess> started = new ArrayList<>();
  final List<Long> killed = new ArrayList<>();
  final List<Long> dumped = new ArrayList<>();
  final List<String> ends = new ArrayList<>();
  int answersBeforeItHangs = Integer.MAX_VALUE;
  OptionalLong living = OptionalLong.empty();
  Optional<ClusterStatus> status = Optional.empty();
  boolean replaced;
  boolean leftInOrder;
  boolean othersLive;
  boolean forgotten;

  /** The exit codes of the seed nodes in order of their start; null for one that stays alive. */
  final List<@Nullable Integer> exits = new ArrayList<>();

  @Override
  public OptionalLong findLiving() {
    return living;
  }

  @Override
  public Optional<SeedProcess> adopt(long pid) {
    return status.map(answer -> new SeedProcess(pid, 1, CompletableFuture.completedFuture(null)));
  }

  @Override
  public void kill(long pid) {
    killed.add(pid);
    started.stream().filter(seed -> seed.pid() == pid).forEach(seed -> seed.exit().complete(137));
  }

  @Override
  public Optional<String> dumpThreads(long pid) {
    dumped.add(pid);
    return Optional.empty();
  }

  @Override
  public SeedProcess start() {
    CompletableFuture<@Nullable Integer> exit = new CompletableFuture<>();
    if (started.size() < exits.size() && exits.get(started.size()) != null) {
      exit.complete(exits.get(started.size()));
    }
    SeedProcess process = new SeedProcess(100 + started.size(), started.size() + 1, exit);
    started.add(process);
    return process;
  }

  @Override
  public Optional<ClusterStatus> status(long pid) {
    return answersBeforeItHangs-- > 0 ? status : Optional.empty();
  }

  @Override
  public void noteEnd(
      long pid, @Nullable Integer exitCode, @Nullable String killedFor, int relaunches) {
    ends.add("%d, code %s, %s, %d".formatted(pid, exitCode, killedFor, relaunches));
  }

  @Override
  public boolean isReplaced(long pid) {
    return replaced;
  }

  @Override
  public boolean leftInOrder() {
    return leftInOrder;
  }

  @Override
  public boolean othersLive() {
    return othersLive;
  }

  @Override
  public List<String> lastLines() {
    return List.of("what it wrote last");
  }

  @Override
  public void forget() {
    forgotten = true;
  }
}
