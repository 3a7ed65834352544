package dev.troupe.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import java.net.http.HttpResponse;

/** What the gateway answered. */
record Answer(int status, String text, HttpResponse<String> raw) {
  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.body(), response);
  }

  /** A header that may be missing, and is empty then. */
  String header(String name) {
    return raw.headers().firstValue(name).orElse("");
  }

  JsonNode json() {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** The value at a JSON pointer like {@code /user/id}. */
  JsonNode at(String pointer) {
    return json().at(pointer);
  }
}
