package dev.troupe.protocol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of fields: bytes and texts with their length before them, maps with their size. What is
 * read is checked against what is there, before anything is allocated for it.
 */
final class Fields {
  private static final int ABSENT = -1;

  private Fields() {}

  static NotSerializableException malformed(String what, String expected) {
    return new NotSerializableException("%s (expected: %s)".formatted(what, expected));
  }

  static void writeBytes(ByteBuffer buffer, byte[] bytes) {
    buffer.putInt(bytes.length);
    buffer.put(bytes);
  }

  static void writeText(ByteBuffer buffer, @Nullable String text) {
    if (text == null) {
      buffer.putInt(ABSENT);
      return;
    }
    writeBytes(buffer, text.getBytes(UTF_8));
  }

  static void writeMap(ByteBuffer buffer, Map<String, String> map) {
    buffer.putInt(map.size());
    if (!map.isEmpty()) {
      map.forEach(
          (name, value) -> {
            writeText(buffer, name);
            writeText(buffer, value);
          });
    }
  }

  static byte[] readBytes(ByteBuffer buffer, String field) throws NotSerializableException {
    return bytes(buffer, field, buffer.getInt());
  }

  static String readText(ByteBuffer buffer, String field) throws NotSerializableException {
    return new String(readBytes(buffer, field), UTF_8);
  }

  static @Nullable String readOptional(ByteBuffer buffer, String field)
      throws NotSerializableException {
    int length = buffer.getInt();
    return length == ABSENT ? null : new String(bytes(buffer, field, length), UTF_8);
  }

  // Nearly all have one entry or none: those get the JDK's smallest maps.
  static Map<String, String> readMap(ByteBuffer buffer, String field)
      throws NotSerializableException {
    int size = buffer.getInt();
    if (size < 0 || size > buffer.remaining() / (2 * Integer.BYTES)) {
      throw malformed(field + " of " + size + " entries", "as many as follow");
    }
    if (size == 0) {
      return Map.of();
    }
    if (size == 1) {
      return Map.of(readText(buffer, field), readText(buffer, field));
    }
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(readText(buffer, field), readText(buffer, field));
    }
    return map;
  }

  private static byte[] bytes(ByteBuffer buffer, String field, int length)
      throws NotSerializableException {
    if (length < 0 || length > buffer.remaining()) {
      throw malformed(
          field + " of " + length + " bytes", "0 to the " + buffer.remaining() + " that follow");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
