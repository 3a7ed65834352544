package dev.troupe.seed.process;

import dev.troupe.protocol.process.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that ends when a test says so, and remembers what was asked of it. */
public final class FakeProcess implements RunningProcess {
  /** What can be asked of a process. */
  public enum Order {
    DUMP,
    TERMINATE,
    KILL
  }

  private final long pid;
  private final String address;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final CompletableFuture<Optional<String>> dump = new CompletableFuture<>();
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  public FakeProcess(long pid, String address) {
    this.pid = pid;
    this.address = address;
  }

  /** It ends; a null code is an end nobody could see the code of. */
  public void ends(@Nullable Integer code, String... log) {
    exit.complete(new Exit(code, List.of(log)));
  }

  public void dumpIsWritten() {
    dump.complete(Optional.empty());
  }

  public void dumpIsNotToBeHad(String why) {
    dump.complete(Optional.of(why));
  }

  /** What it was asked next; null if it was asked nothing for some seconds. */
  public @Nullable Order nextOrder() {
    try {
      return orders.poll(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it was asked and {@link #nextOrder} has not told yet. */
  public List<Order> moreOrders() {
    return List.copyOf(orders);
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public ProcessIdentity identity() {
    return new ProcessIdentity(pid, Instant.EPOCH, null);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public CompletionStage<Exit> onExit() {
    return exit;
  }

  @Override
  public void terminate() {
    orders.add(Order.TERMINATE);
  }

  @Override
  public void kill() {
    orders.add(Order.KILL);
  }

  @Override
  public CompletionStage<Optional<String>> dumpThreads() {
    orders.add(Order.DUMP);
    return dump;
  }
}
