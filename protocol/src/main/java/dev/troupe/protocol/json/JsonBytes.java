package dev.troupe.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * A JSON document as the bytes it arrived in: whoever only forwards it never parses it.
 *
 * <p>Immutable by contract: the array is shared, not copied, and nobody may write to it.
 */
public final class JsonBytes {
  /** No document at all, as a request without a body has. */
  public static final JsonBytes EMPTY = new JsonBytes(new byte[0]);

  private final byte[] bytes;

  private JsonBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static JsonBytes of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new JsonBytes(bytes);
  }

  public static JsonBytes of(String json) {
    return of(json.getBytes(UTF_8));
  }

  @JsonValue
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
