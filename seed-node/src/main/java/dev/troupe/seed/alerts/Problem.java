package dev.troupe.seed.alerts;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not well at one moment.
 *
 * @param subject the service; of {@link AlertKind#DISK_FULL} the disk
 * @param slot that tells most about it, if there is one
 */
record Problem(AlertKind kind, String subject, @Nullable String slot, String text) {
  /** The same problem at another moment has the same key. */
  String key() {
    return kind.label() + " " + subject;
  }
}
