package dev.troupe.protocol.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.List;
import java.util.regex.Pattern;

/** Says what is wrong with a document to whoever sent it: where and what, in no parser's terms. */
public final class JsonProblem {
  // Where Jackson's messages go on to advise its programmer.
  private static final List<String> ASIDES =
      List.of("\n", " (start marker", " (not recognized", ": enable `", ", from `", " (for `");

  private static final Pattern CODE = Pattern.compile(" \\(code [0-9]+\\)");

  private JsonProblem() {}

  /** One line like {@code it ends too early (line 1, column 17)}. */
  public static String of(JsonProcessingException problem) {
    JsonLocation location = problem.getLocation();
    if (location == null || location.getLineNr() < 1) {
      return what(problem);
    }
    return "%s (line %d, column %d)"
        .formatted(what(problem), location.getLineNr(), location.getColumnNr());
  }

  private static String what(JsonProcessingException problem) {
    if (problem instanceof JsonEOFException) {
      return "it ends too early";
    }
    if (problem instanceof MismatchedInputException) {
      return "something follows after its end";
    }
    String message = problem.getOriginalMessage();
    for (String aside : ASIDES) {
      int at = message.indexOf(aside);
      message = at < 0 ? message : message.substring(0, at);
    }
    if (message.isBlank() || message.contains("Source:") || message.contains("`")) {
      return "it cannot be read";
    }
    // The one aside that stands inside a bracket.
    String closed = problem instanceof StreamConstraintsException ? message + ")" : message;
    String plain = CODE.matcher(closed).replaceAll("");
    return Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
  }
}
