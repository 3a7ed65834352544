package dev.troupe.cli.dev;

import java.util.List;

/**
 * The end of a build.
 *
 * @param errors what the compiler says, line by line; empty if the build has succeeded
 */
record BuildResult(List<String> errors) {
  static final BuildResult DONE = new BuildResult(List.of());

  BuildResult {
    errors = List.copyOf(errors);
  }

  boolean isDone() {
    return errors.isEmpty();
  }
}
