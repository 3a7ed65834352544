package dev.troupe.protocol.settings;

/**
 * The journal of what happened to the slots, {@code run/events.jsonl}.
 *
 * @param maxFileBytes when it is rotated
 * @param files rotated files that are kept beside it
 */
public record EventSettings(long maxFileBytes, int files) {
  static EventSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new EventSettings(
                s.bytes("max-file-size", Limits.SMALLEST_LOG, Limits.GIB),
                s.integer("files", 0, 100)));
  }
}
