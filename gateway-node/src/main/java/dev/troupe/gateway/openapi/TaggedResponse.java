package dev.troupe.gateway.openapi;

import dev.troupe.gateway.http.JsonResponses;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * Bytes that clients may keep as long as their {@code ETag}, the hash of the bytes, is the same.
 */
final class TaggedResponse {
  private static final int TAG_BYTES = 12;

  private final String tag;
  private final HttpResponse whole;
  private final HttpResponse unchanged;

  /**
   * @param bytes not copied; they must not change any more
   */
  TaggedResponse(ContentType type, byte[] bytes) {
    this.tag = '"' + hash(bytes) + '"';
    RawHeader header = RawHeader.create("ETag", tag);
    this.whole =
        JsonResponses.revalidated(200)
            .addHeader(header)
            .withEntity(HttpEntities.create(type, ByteString.fromArrayUnsafe(bytes)));
    this.unchanged = JsonResponses.revalidated(304).addHeader(header);
  }

  HttpResponse to(HttpRequest request) {
    return request.getHeader("If-None-Match").filter(it -> names(it.value())).isPresent()
        ? unchanged
        : whole;
  }

  private boolean names(String tags) {
    return Stream.of(tags.split(","))
        .map(String::strip)
        .map(given -> given.startsWith("W/") ? given.substring(2) : given)
        .anyMatch(given -> given.equals(tag) || given.equals("*"));
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
