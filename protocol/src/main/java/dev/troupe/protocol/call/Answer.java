package dev.troupe.protocol.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A successful reply without the id of its request, so that it can answer several requests.
 *
 * @param body a JSON object with at least one field; any bytes when {@code headers} have a {@link
 *     ServiceReply#CONTENT_TYPE}; empty when the status is {@link ReplyStatus#NO_CONTENT}
 * @param headers for the client beside the body, as in {@link ServiceReply}
 */
public record Answer(ReplyStatus status, JsonBytes body, Map<String, String> headers) {
  private static final byte[] REQUEST_ID = ",\"request_id\":".getBytes(US_ASCII);

  @JsonPropertyOrder({"status", "message"})
  private record Success(String status, @JsonUnwrapped Record value) {}

  public Answer {
    if (!status.isSuccess()) {
      throw new IllegalArgumentException("status: " + status + " (expected: one of success)");
    }
    headers = Map.copyOf(headers);
  }

  /**
   * @throws IllegalArgumentException when {@code value} cannot be written as JSON
   */
  public static Answer of(ReplyStatus status, Record value, Map<String, String> headers) {
    return new Answer(status, JsonBytes.of(Json.write(new Success("success", value))), headers);
  }

  /** An answer without a body. */
  public static Answer noContent(Map<String, String> headers) {
    return new Answer(ReplyStatus.NO_CONTENT, JsonBytes.EMPTY, headers);
  }

  /**
   * An answer with a body that is not JSON.
   *
   * @param type its media type
   */
  public static Answer ofBytes(
      ReplyStatus status, String type, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(ServiceReply.CONTENT_TYPE, type);
    return new Answer(status, JsonBytes.of(body), all);
  }

  /** This answer, to {@code request}. */
  public ServiceReply to(ServiceRequest request) {
    return new ServiceReply(
        request.correlationId(),
        request.requestId(),
        status,
        isJson() ? withRequestId(request) : body,
        null,
        headers);
  }

  private boolean isJson() {
    return !body.isEmpty() && !headers.containsKey(ServiceReply.CONTENT_TYPE);
  }

  private JsonBytes withRequestId(ServiceRequest request) {
    byte[] id = Json.write(request.requestId());
    ByteArrayOutputStream whole =
        new ByteArrayOutputStream(body.size() + REQUEST_ID.length + id.length);
    whole.write(body.bytes(), 0, body.size() - 1);
    whole.writeBytes(REQUEST_ID);
    whole.writeBytes(id);
    whole.write('}');
    return JsonBytes.of(whole.toByteArray());
  }
}
