package dev.troupe.node.health;

import java.util.function.Consumer;

/**
 * The work of a role, as {@link StallDetector} sees it.
 *
 * @param progress counts the pieces of work that have ended
 * @param queue runs a probe after the work that is queued already; any thread may call it
 */
public record MonitoredWork(WorkProgress progress, Consumer<Runnable> queue) {}
