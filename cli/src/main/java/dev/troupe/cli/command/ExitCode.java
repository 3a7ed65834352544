package dev.troupe.cli.command;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the exit code of {@code bin/troupe} means; scripts rely on it. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "failed; the message says why"),
  USAGE(2, "unknown command or option, or a wrong argument"),
  NOTHING_RUNS(3, "no cluster runs in this home"),
  ALREADY_RUNS(4, "a cluster runs in this home already"),
  BAD_SETTINGS(5, "application.conf or an environment variable cannot be used"),
  UNKNOWN_NAME(6, "no slot or service of that name"),
  KILLED(7, "stopped, but processes that did not end in time had to be killed; they are named");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** Code to meaning, for {@code --help}. */
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
