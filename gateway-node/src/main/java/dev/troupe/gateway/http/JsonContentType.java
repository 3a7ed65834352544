package dev.troupe.gateway.http;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharset;
import org.apache.pekko.http.javadsl.model.MediaType;

/** Tells which content types are JSON that the gateway accepts. */
public final class JsonContentType {
  private JsonContentType() {}

  /** Whether the type is {@code application/json} or {@code application/…+json}, in UTF-8. */
  public static boolean matches(ContentType type) {
    MediaType media = type.mediaType();
    boolean json =
        media.mainType().equals("application")
            && (media.subType().equals("json") || media.subType().endsWith("+json"));
    return json && isUtf8(type.getCharsetOption());
  }

  private static boolean isUtf8(Optional<HttpCharset> charset) {
    return charset.isEmpty() || charset.get().value().equalsIgnoreCase("UTF-8");
  }
}
