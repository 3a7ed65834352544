package dev.troupe.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.troupe.protocol.text.VisibleText;

/**
 * Encodes log events so that text from a client can neither look like another event nor move the
 * cursor of a terminal: control characters are escaped, and the second and further lines of an
 * event are indented. A very long event is cut.
 */
final class VisibleEncoder extends PatternLayoutEncoder {
  static final int LONGEST_EVENT = 64 * 1024;

  @Override
  public byte[] encode(ILoggingEvent event) {
    return shown(layout.doLayout(event)).getBytes(UTF_8);
  }

  static String shown(String event) {
    String visible = VisibleText.lines(cut(event, "%n".formatted()));
    int next = visible.indexOf('\n') + 1;
    if (next == 0 || next == visible.length()) {
      return visible;
    }
    StringBuilder shown = new StringBuilder(visible.length() + 64).append(visible, 0, next);
    while (next < visible.length()) {
      int end = visible.indexOf('\n', next) + 1;
      if (end == 0) {
        end = visible.length();
      }
      if (visible.charAt(next) != '\t' && visible.charAt(next) != ' ') {
        shown.append("  ");
      }
      shown.append(visible, next, end);
      next = end;
    }
    return shown.toString();
  }

  /** The text up to the limit of an event; if it was longer, the number of left-out characters. */
  static String cut(String text, String end) {
    return text.length() <= LONGEST_EVENT
        ? text
        : "%s… (%d characters more)%s"
            .formatted(text.substring(0, LONGEST_EVENT), text.length() - LONGEST_EVENT, end);
  }
}
