package dev.troupe.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;

/**
 * A call that the service under test has made of another service.
 *
 * @param service the called one
 * @param action by its name, like {@code get_user}
 * @param input as it was sent
 * @param requestId of the request that caused the call
 */
public record RecordedCall(String service, String action, JsonNode input, String requestId) {
  /** The input as a record. */
  public <I> I input(Class<I> type) {
    try {
      return Json.MAPPER.treeToValue(input, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(
          "the input of %s %s is no %s: %s".formatted(service, action, type.getName(), input), e);
    }
  }
}
