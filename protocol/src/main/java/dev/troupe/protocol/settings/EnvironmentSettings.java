package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment variables that a process is given.
 *
 * @param pass names of variables of the seed node that are passed on; one that ends with {@code *}
 *     stands for all that begin so
 * @param set further variables with their values
 */
public record EnvironmentSettings(List<String> pass, Map<String, String> set) {
  public static final EnvironmentSettings NONE = new EnvironmentSettings(List.of(), Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public EnvironmentSettings {
    pass = List.copyOf(pass);
    set = Map.copyOf(set);
  }

  static EnvironmentSettings read(Section section) {
    return Section.finish(
        section,
        s -> {
          List<String> pass = s.strings("pass");
          for (String name : pass) {
            s.require(
                "pass",
                name.equals("*") || NAME.matcher(name.replaceFirst("\\*$", "")).matches(),
                "names of environment variables, which may end with *, and not '" + name + "'");
          }
          return new EnvironmentSettings(pass, variables(s));
        });
  }

  /** Whether a variable of this name is passed on. */
  public boolean passes(String name) {
    return pass.stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("*")
                    ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                    : name.equals(allowed));
  }

  private static Map<String, String> variables(Section section) {
    Config block = section.raw("set");
    Map<String, String> variables = new HashMap<>();
    for (String name : block.root().keySet()) {
      section.require(
          "set",
          NAME.matcher(name).matches(),
          "names of environment variables with their values, and not '" + name + "'");
      try {
        variables.put(name, block.getString(name));
      } catch (ConfigException e) {
        throw section.problem("set", "'set' has no text for " + name + " (expected: a string)");
      }
    }
    return variables;
  }
}
