package dev.troupe.seed.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Lets only some processes start at a time, in their order: on few processors more of them end
 * later, all of them. A start is over when the process is a member, has ended, or has taken long
 * enough that the others should not wait for it.
 */
public final class PacedLauncher implements ProcessLauncher {
  private static final long LONGEST_TURN_SECONDS = 10;

  private final ProcessLauncher launcher;
  private final int most;
  private final ToIntFunction<String> place;
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparingInt(Turn::place).thenComparingLong(Turn::number));
  private final Map<String, Turn> starting = new HashMap<>();
  private long lastNumber;

  private record Turn(
      String slot,
      String service,
      int generation,
      int place,
      long number,
      CompletableFuture<RunningProcess> process) {}

  /**
   * @param most starts at a time; 0 stands for one per processor, and two at least
   * @param place of a service; of those that wait the lowest goes first
   */
  public PacedLauncher(ProcessLauncher launcher, int most, ToIntFunction<String> place) {
    this.launcher = launcher;
    this.most = most > 0 ? most : Math.max(2, Runtime.getRuntime().availableProcessors());
    this.place = place;
  }

  @Override
  public CompletionStage<RunningProcess> launch(String slot, String service, int generation) {
    Turn turn = enqueue(slot, service, generation);
    proceed();
    return turn.process();
  }

  @Override
  public void joined(String slot) {
    Turn turn;
    synchronized (this) {
      turn = starting.get(slot);
    }
    if (turn != null) {
      isOver(turn);
    }
  }

  @Override
  public void withdraw(String slot) {
    List<Turn> withdrawn = new ArrayList<>();
    synchronized (this) {
      waiting.stream().filter(turn -> turn.slot().equals(slot)).forEach(withdrawn::add);
      waiting.removeAll(withdrawn);
    }
    withdrawn.forEach(
        turn ->
            turn.process()
                .completeExceptionally(new IllegalStateException("stopped before its turn")));
  }

  private synchronized Turn enqueue(String slot, String service, int generation) {
    Turn turn =
        new Turn(
            slot,
            service,
            generation,
            place.applyAsInt(service),
            ++lastNumber,
            new CompletableFuture<>());
    waiting.add(turn);
    return turn;
  }

  private void proceed() {
    List<Turn> next = new ArrayList<>();
    synchronized (this) {
      while (starting.size() < most && !waiting.isEmpty()) {
        Turn turn = waiting.remove();
        starting.put(turn.slot(), turn);
        next.add(turn);
      }
    }
    next.forEach(this::begin);
  }

  private void begin(Turn turn) {
    var unused =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, LONGEST_TURN_SECONDS, TimeUnit.SECONDS)
            .thenRun(() -> isOver(turn));
    launcher
        .launch(turn.slot(), turn.service(), turn.generation())
        .whenComplete(
            (process, failure) -> {
              if (failure != null) {
                isOver(turn);
                turn.process().completeExceptionally(failure);
              } else {
                process.onExit().whenComplete((exit, unknown) -> isOver(turn));
                turn.process().complete(process);
              }
            });
  }

  private void isOver(Turn turn) {
    boolean freed;
    synchronized (this) {
      freed = starting.remove(turn.slot(), turn);
    }
    if (freed) {
      proceed();
    }
  }
}
