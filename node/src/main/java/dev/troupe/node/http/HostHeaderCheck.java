package dev.troupe.node.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a {@code Host} header whose value is not a host. The parser drops such a header, and its
 * own error says that the header is missing. The check sees only the first chunk of a head: if the
 * header is not whole in that chunk, the client gets the parser's error.
 */
final class HostHeaderCheck {
  private static final byte[] NAME = {'h', 'o', 's', 't', ':'};
  private static final int MAX_SHOWN = 100;
  // Of the ports with five digits some are too high.
  private static final int USUAL_PORT_DIGITS = 4;
  private static final int MAX_PORT = 65_535;

  // RFC 3986, 3.2.2. A character class and not a repeated group: java.util.regex recurses once for
  // each repetition of a group, so a long value would overflow the stack.
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::([0-9]{1,5}))?");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private HostHeaderCheck() {}

  /** The value of the {@code Host} header if it is not a host; null if it is, or is not found. */
  static @Nullable String illegalValue(byte[] head) {
    for (int i = 1; i + NAME.length < head.length; i++) {
      if (head[i - 1] != '\n') {
        continue;
      }
      if (head[i] == '\r' || head[i] == '\n') {
        return null;
      }
      if (isName(head, i)) {
        return illegalValue(head, i + NAME.length);
      }
    }
    return null;
  }

  private static @Nullable String illegalValue(byte[] head, int start) {
    int end = start;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    if (end == head.length) {
      return null;
    }
    String value = new String(head, start, end - start, StandardCharsets.ISO_8859_1).strip();
    return isHost(value) ? null : printable(value);
  }

  static boolean isHost(String value) {
    if (isUsual(value)) {
      return true;
    }
    var matcher = HOST.matcher(value);
    if (!matcher.matches() || BROKEN_ESCAPE.matcher(value).find()) {
      return false;
    }
    String port = matcher.group(1);
    return port == null || Integer.parseInt(port) <= MAX_PORT;
  }

  // Spares most requests the patterns.
  private static boolean isUsual(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean isPort = c == ':' && i > 0;
      if (isPort) {
        return isUsualPort(value, i + 1);
      }
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isUsualPort(String value, int start) {
    int digits = value.length() - start;
    for (int i = start; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return digits >= 1 && digits <= USUAL_PORT_DIGITS;
  }

  private static boolean isName(byte[] head, int at) {
    for (int i = 0; i < NAME.length; i++) {
      // Makes letters lower case, and leaves ':' as it is.
      if ((head[at + i] | 0x20) != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private static String printable(String value) {
    String visible = value.replaceAll("[^ -~]", "?");
    return visible.length() <= MAX_SHOWN ? visible : visible.substring(0, MAX_SHOWN) + "…";
  }
}
