package dev.troupe.protocol.service;

import java.util.Arrays;

/**
 * The output of an action whose reply is not JSON: a picture, a document, a table. It is held in
 * memory as a whole, and may have as many bytes as {@code max-reply} of the service allows. A
 * {@link Download} may have any number of bytes.
 *
 * @param type the media type, like {@code image/png} or {@code text/csv; charset=utf-8}
 * @param bytes not copied; they must not change any more
 */
@SuppressWarnings("ArrayRecordComponent") // a copy of a body of megabytes would be a waste
public record Content(String type, byte[] bytes) {
  /**
   * @throws IllegalArgumentException when {@code type} is no media type
   */
  public Content {
    MediaType.check(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content
        && type.equals(content.type)
        && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "%d bytes of %s".formatted(bytes.length, type);
  }
}
