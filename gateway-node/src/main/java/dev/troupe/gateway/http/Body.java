package dev.troupe.gateway.http;

import dev.troupe.protocol.json.JsonBytes;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.util.ByteString;

/** What became of reading a request's body. */
public sealed interface Body {

  /** All of it. */
  record Whole(JsonBytes data) implements Body {}

  /**
   * It will not be read to its end.
   *
   * @param message why
   * @param end completes, with nothing, when the client has sent the rest or had time enough for it
   */
  record Refused(int httpCode, String message, CompletableFuture<ByteString> end) implements Body {}
}
