package dev.troupe.it.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.json.JsonBytes;
import java.util.List;

/**
 * @param target path and query, encoded
 * @param headers as name, value, …; {@code Content-Type} among them
 * @param body empty for none, and not always JSON
 */
public record GeneratedRequest(
    DocumentedOperation operation,
    String target,
    List<String> headers,
    JsonBytes body,
    Expectation expectation) {
  private static final int MAX_SHOWN = 500;

  /** In upper case. */
  public String method() {
    return operation.method();
  }

  @Override
  public String toString() {
    String text = body.bytes().length == 0 ? "no body" : new String(body.bytes(), UTF_8);
    String shown =
        text.length() <= MAX_SHOWN
            ? text
            : text.substring(0, MAX_SHOWN) + "… (" + text.length() + " characters)";
    return "%s %s %s %s, which is %s by the schemas"
        .formatted(method(), target, headers, shown, expectation);
  }
}
