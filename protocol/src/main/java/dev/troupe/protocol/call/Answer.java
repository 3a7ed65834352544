package dev.troupe.protocol.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * A successful reply without the id of its request, so that it can answer several requests.
 *
 * @param body a JSON object with at least one field
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

  /** This answer, to {@code request}. */
  public ServiceReply to(ServiceRequest request) {
    byte[] id = Json.write(request.requestId());
    ByteArrayOutputStream whole =
        new ByteArrayOutputStream(body.size() + REQUEST_ID.length + id.length);
    whole.write(body.bytes(), 0, body.size() - 1);
    whole.writeBytes(REQUEST_ID);
    whole.writeBytes(id);
    whole.write('}');
    return new ServiceReply(
        request.correlationId(),
        request.requestId(),
        status,
        JsonBytes.of(whole.toByteArray()),
        null,
        headers);
  }
}
