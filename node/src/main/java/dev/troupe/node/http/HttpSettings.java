package dev.troupe.node.http;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ParserSettings;

/** Settings of Pekko HTTP for those who pass requests and responses on. */
public final class HttpSettings {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int HEADER_BYTES = 64 << 10;

  // Pekko treats these media types as UTF-8 and drops the charset. They keep it when they are
  // registered as custom media types.
  private static final MediaType[] OF_ANY_CHARSET =
      Stream.of("json", "json-patch+json", "merge-patch+json", "problem+json", "vnd.api+json")
          .map(MediaTypes::applicationWithOpenCharset)
          .toArray(MediaType[]::new);

  private HttpSettings() {}

  /** Settings with which the parser keeps the charset of JSON. */
  public static ParserSettings keepCharset(ParserSettings settings) {
    return settings.withCustomMediaTypes(OF_ANY_CHARSET);
  }

  /** The settings of a client that passes headers and bodies on as they are. */
  public static ClientConnectionSettings ofClient(ActorSystem<?> system) {
    ClientConnectionSettings defaults = ClientConnectionSettings.create(system.classicSystem());
    return defaults
        .withConnectingTimeout(CONNECT_TIMEOUT)
        // Who waits for an answer has a deadline, and event streams may be silent.
        .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
        .withUserAgentHeader(Optional.empty())
        .withParserSettings(
            keepCharset(defaults.getParserSettings())
                .withMaxContentLength(Long.MAX_VALUE)
                .withMaxHeaderValueLength(HEADER_BYTES)
                .withModeledHeaderParsing(false)
                .withIllegalHeaderWarnings(false));
  }
}
