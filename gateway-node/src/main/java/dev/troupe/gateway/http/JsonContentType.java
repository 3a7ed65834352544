package dev.troupe.gateway.http;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharset;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.settings.ParserSettings;

/** Which content types are JSON. */
public final class JsonContentType {
  // Pekko knows these as UTF-8 always and would not tell us of a charset the client names.
  private static final MediaType[] OF_ANY_CHARSET =
      Stream.of("json", "json-patch+json", "merge-patch+json", "problem+json", "vnd.api+json")
          .map(MediaTypes::applicationWithOpenCharset)
          .toArray(MediaType[]::new);

  private JsonContentType() {}

  /** The parser's settings, so that it keeps what {@link #matches} must see. */
  static ParserSettings keepCharset(ParserSettings settings) {
    return settings.withCustomMediaTypes(OF_ANY_CHARSET);
  }

  /** Whether it is {@code application/json} or {@code application/…+json}, in UTF-8. */
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
