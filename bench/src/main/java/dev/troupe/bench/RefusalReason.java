package dev.troupe.bench;

import com.fasterxml.jackson.core.JacksonException;
import dev.troupe.protocol.json.Json;
import java.util.regex.Pattern;

/** Why a request was refused, without what differs from one refusal to the next of its kind. */
final class RefusalReason {
  private static final Pattern NAME = Pattern.compile("b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("\\d+([.,]\\d+)*");

  private RefusalReason() {}

  /**
   * @param body of the answer
   */
  static String of(String body) {
    return NUMBER.matcher(NAME.matcher(message(body)).replaceAll("NAME")).replaceAll("N");
  }

  private static String message(String body) {
    try {
      return Json.MAPPER.readTree(body).path("message").asText(body).strip();
    } catch (JacksonException notJson) {
      return body.strip();
    }
  }
}
