package dev.troupe.gateway.http;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharset;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.settings.ParserSettings;

/** Tells which content types are JSON that the gateway accepts. */
public final class JsonContentType {
  // Pekko treats these media types as UTF-8 and drops the charset of the client. They keep
  // it when they are registered as custom media types.
  private static final MediaType[] OF_ANY_CHARSET =
      Stream.of("json", "json-patch+json", "merge-patch+json", "problem+json", "vnd.api+json")
          .map(MediaTypes::applicationWithOpenCharset)
          .toArray(MediaType[]::new);

  private JsonContentType() {}

  /** Settings with which the parser keeps the charset, for {@link #matches}. */
  static ParserSettings keepCharset(ParserSettings settings) {
    return settings.withCustomMediaTypes(OF_ANY_CHARSET);
  }

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
