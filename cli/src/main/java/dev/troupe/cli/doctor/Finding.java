package dev.troupe.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param check what was checked
 * @param remedy what to do; null if all is well
 */
record Finding(String check, Result result, String text, @Nullable String remedy) {
  enum Result {
    OK,
    /** Works, but not well. */
    WARNING,
    /** Keeps a cluster from starting, or ends its processes. */
    FAILURE
  }

  static Finding ok(String check, String text) {
    return new Finding(check, Result.OK, text, null);
  }

  static Finding warning(String check, String text, String remedy) {
    return new Finding(check, Result.WARNING, text, remedy);
  }

  static Finding failure(String check, String text, String remedy) {
    return new Finding(check, Result.FAILURE, text, remedy);
  }
}
