package dev.troupe.gateway.request;

import dev.troupe.protocol.call.ServiceReply;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the headers of replies on to clients, except what is the gateway's own affair or would
 * break the message. What is left out is named in the log once. Thread-safe.
 */
final class ReplyHeaders {
  private static final Logger log = LoggerFactory.getLogger(ReplyHeaders.class);
  private static final int MAX_REPORTED = 100;
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String MARKS = "!#$%&'*+-.^_`|~";

  // Of the connection, of the body as the gateway sends it, or set by the gateway itself.
  private static final Set<String> OF_THE_GATEWAY =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "server",
          "x-content-type-options",
          "x-request-id");

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * @param service whose reply it is
   */
  HttpResponse on(HttpResponse response, String service, Map<String, String> headers) {
    HttpResponse complete = response;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (isPassedOn(header.getKey(), header.getValue())) {
        // The gateway's own says when any 503 may be tried again.
        if (header.getKey().equals(ServiceReply.RETRY_AFTER)) {
          complete = complete.removeHeader(ServiceReply.RETRY_AFTER);
        }
        if (header.getKey().equalsIgnoreCase(CACHE_CONTROL)) {
          complete = complete.removeHeader(CACHE_CONTROL);
        }
        complete = complete.addHeader(RawHeader.create(header.getKey(), header.getValue()));
      } else {
        report(service, header.getKey());
      }
    }
    return complete;
  }

  static boolean isPassedOn(String name, String value) {
    return !name.isEmpty()
        && name.chars().allMatch(ReplyHeaders::isOfAName)
        && value.chars().allMatch(ReplyHeaders::isOfAValue)
        && !OF_THE_GATEWAY.contains(name.toLowerCase(Locale.ROOT));
  }

  // RFC 9110, 5.6.2.
  private static boolean isOfAName(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || MARKS.indexOf(character) >= 0;
  }

  // No line break, which would begin another header, and nothing else that is not visible.
  private static boolean isOfAValue(int character) {
    return character == '\t' || (character >= ' ' && character <= '~');
  }

  private void report(String service, String name) {
    if (reported.size() < MAX_REPORTED && reported.add(service + " " + name)) {
      log.warn(
          "[{}] the header '{}' of its replies is not passed on (expected: a name that is not the"
              + " gateway's own, and a value of visible ASCII characters)",
          service,
          name.length() <= 100 ? name.replaceAll("[^ -~]", "?") : "…");
    }
  }
}
