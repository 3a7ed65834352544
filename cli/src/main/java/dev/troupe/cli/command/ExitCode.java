package dev.troupe.cli.command;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The exit codes of {@code bin/troupe}. Scripts rely on them. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "failed; the message says why"),
  USAGE(2, "unknown command or option, or a wrong argument"),
  NOTHING_RUNS(3, "no cluster runs in this home"),
  ALREADY_RUNS(4, "a cluster runs in this home already"),
  BAD_SETTINGS(5, "a setting in application.conf or in an environment variable cannot be used"),
  UNKNOWN_NAME(6, "no slot or service of that name"),
  KILLED(7, "stopped, but processes that did not end in time were killed; the output names them"),
  TIMED_OUT(8, "the time that was given has passed");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** The meaning of each code, for {@code --help}. */
  public static Map<String, String> meanings() {
    return Arrays.stream(values())
        .collect(
            Collectors.toMap(
                value -> String.valueOf(value.code),
                value -> value.meaning,
                (first, second) -> first,
                TreeMap::new));
  }
}
