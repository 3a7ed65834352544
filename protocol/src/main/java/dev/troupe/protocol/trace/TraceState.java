package dev.troupe.protocol.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code tracestate}: a list that the tracing systems of clients keep, and that Troupe
 * only passes on. Bounded as W3C Trace Context, 3.3.1.5, says.
 */
final class TraceState {
  static final int MAX_LENGTH = 512;
  static final int MAX_MEMBERS = 32;

  private static final int LONG_MEMBER = 128;
  // What is longer is not looked at: 32 members of the longest keys and values.
  private static final int MAX_GIVEN = MAX_MEMBERS * (256 + 1 + 256 + 3);
  private static final Pattern MEMBER =
      Pattern.compile(
          "([a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13}|[a-z][a-z0-9_*/-]{0,255})"
              + "=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

  private TraceState() {}

  /**
   * The value without its empty members, and without as many members as make it too long: first
   * those of more than 128 characters, then the oldest ones, which are at the end.
   *
   * @return null if nothing is left, or if the value is malformed or has too many members
   */
  static @Nullable String legal(String given) {
    if (given.length() > MAX_GIVEN) {
      return null;
    }
    List<String> members = new ArrayList<>();
    for (String part : given.split(",", -1)) {
      String member = part.strip();
      if (!member.isEmpty()) {
        if (members.size() == MAX_MEMBERS || !MEMBER.matcher(member).matches()) {
          return null;
        }
        members.add(member);
      }
    }
    if (length(members) > MAX_LENGTH) {
      shorten(members);
    }
    return members.isEmpty() ? null : String.join(",", members);
  }

  private static void shorten(List<String> members) {
    for (int i = members.size() - 1; i >= 0 && length(members) > MAX_LENGTH; i--) {
      if (members.get(i).length() > LONG_MEMBER) {
        members.remove(i);
      }
    }
    while (length(members) > MAX_LENGTH) {
      members.remove(members.size() - 1);
    }
  }

  private static int length(List<String> members) {
    int length = Math.max(0, members.size() - 1);
    for (String member : members) {
      length += member.length();
    }
    return length;
  }
}
