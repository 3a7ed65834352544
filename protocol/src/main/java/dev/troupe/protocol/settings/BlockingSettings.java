package dev.troupe.protocol.settings;

/**
 * The threads for a service's own jobs that block.
 *
 * @param threads jobs that run at a time
 * @param maxQueued jobs that wait for a thread; more are refused
 */
public record BlockingSettings(int threads, int maxQueued) {
  static BlockingSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new BlockingSettings(
                s.integer("threads", 1, 1000), s.integer("max-queued", 1, 1_000_000)));
  }
}
