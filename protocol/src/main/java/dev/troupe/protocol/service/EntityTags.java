package dev.troupe.protocol.service;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags of a conditional header, in their written form (RFC 9110, 8.8.3 and 13.1).
 *
 * @param all like {@code "3"} or {@code W/"3"}, with their quotes, or just {@code *}
 */
record EntityTags(List<String> all) {
  private static final String ANY = "*";
  private static final Pattern NEXT =
      Pattern.compile("\\G[ \\t,]*+((?:W/)?+\"[!#-~\\x80-\\uFFFF]*+\")[ \\t]*+(?=,|$)");
  private static final Pattern NOTHING = Pattern.compile("[ \\t,]*+");

  /** The tag of a version. */
  static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * @param header the name of the header, for messages
   * @throws InvalidInputException when {@code list} is neither a list of tags nor {@code *}
   */
  static EntityTags in(String header, String list) {
    if (list.strip().equals(ANY)) {
      return new EntityTags(List.of(ANY));
    }
    List<String> tags = new ArrayList<>();
    Matcher next = NEXT.matcher(list);
    int end = 0;
    while (next.find()) {
      tags.add(next.group(1));
      end = next.end();
    }
    if (tags.isEmpty() || !NOTHING.matcher(list.substring(end)).matches()) {
      throw InvalidInputException.malformed(
          header + " is no list of entity tags (expected: something like \"3\", or *)");
    }
    return new EntityTags(List.copyOf(tags));
  }

  /** Whether {@code tag}, which is strong, is among them in the strong comparison. */
  boolean has(String tag) {
    return all.contains(ANY) || all.contains(tag);
  }

  /** Whether {@code tag} is among them in the weak comparison. */
  boolean hasWeakly(String tag) {
    return has(tag) || all.contains("W/" + tag);
  }
}
