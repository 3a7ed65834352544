package dev.troupe.seed.process;

import dev.troupe.protocol.process.ProcessIdentity;
import dev.troupe.protocol.process.ProcessLiveness;
import dev.troupe.protocol.process.ThreadDump;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A process of this machine: a child of this seed node, or one that it has adopted. */
final class OsProcess implements RunningProcess {
  private final ProcessHandle handle;
  private final String address;
  private final Executor blocking;
  private final CompletionStage<Exit> exit;

  private OsProcess(
      ProcessHandle handle, String address, Executor blocking, CompletionStage<Exit> exit) {
    this.handle = handle;
    this.address = address;
    this.blocking = blocking;
    this.exit = exit;
  }

  static OsProcess child(
      Process process, String address, SlotFiles files, SlotFiles.Mark mark, Executor blocking) {
    return new OsProcess(
        process.toHandle(),
        address,
        blocking,
        process
            .onExit()
            .thenApplyAsync(ended -> new Exit(ended.exitValue(), files.tailSince(mark)), blocking));
  }

  /**
   * A process that is not a child of this seed node. The operating system does not report its end
   * or its exit code, so the end is found by polling and the exit code is null.
   */
  static OsProcess adopted(
      ProcessHandle handle, String address, SlotFiles files, Executor blocking) {
    SlotFiles.Mark mark = files.mark();
    return new OsProcess(
        handle,
        address,
        blocking,
        ProcessLiveness.onExit(handle, blocking)
            .thenApply(nothing -> new Exit(null, files.tailSince(mark))));
  }

  @Override
  public long pid() {
    return handle.pid();
  }

  @Override
  public ProcessIdentity identity() {
    return ProcessIdentity.of(handle);
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
    handle.destroy();
  }

  @Override
  public void kill() {
    List<ProcessHandle> descendants = handle.descendants().toList();
    handle.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public CompletionStage<Optional<String>> dumpThreads() {
    return CompletableFuture.supplyAsync(() -> ThreadDump.of(handle.pid()), blocking);
  }

  @Override
  public String toString() {
    return "pid " + handle.pid() + " at " + address;
  }
}
