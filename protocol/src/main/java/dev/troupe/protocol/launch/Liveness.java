package dev.troupe.protocol.launch;

/** Whether a process still does anything. */
public final class Liveness {
  private Liveness() {}

  /**
   * Like {@link ProcessHandle#isAlive}, but false for a process that has ended and that nobody has
   * waited for: where process 1 does not, as in many containers, orphans stay like that for ever.
   */
  public static boolean isAlive(ProcessHandle handle) {
    return handle.isAlive() && state(handle.pid()) != 'Z';
  }

  /** Whether a signal has stopped it, or a debugger: it lives, but does nothing until continued. */
  public static boolean isStopped(long pid) {
    return Character.toUpperCase(state(pid)) == 'T';
  }

  /** The letter of proc(5); a blank where the system does not tell. */
  private static char state(long pid) {
    return ProcessStat.of(pid).map(ProcessStat::state).orElse(' ');
  }
}
