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
 * Copies the headers of service replies to HTTP responses. It leaves out headers that only the
 * gateway may set, and illegal ones, and logs each of those once. Thread-safe.
 */
final class ReplyHeaders {
  private static final Logger log = LoggerFactory.getLogger(ReplyHeaders.class);
  private static final int MAX_REPORTED = 100;
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

  // Headers about the body as it is sent, and those the gateway sets.
  private static final Set<String> RESERVED =
      Set.of(
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
   * @param service the service that replied, for the log
   */
  HttpResponse add(HttpResponse response, String service, Map<String, String> headers) {
    HttpResponse complete = response;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equals(ServiceReply.CONTENT_TYPE)) {
        // The entity of the response has it.
        continue;
      }
      if (isAllowed(header.getKey(), header.getValue())) {
        // The value of the service replaces the default that the gateway gives to each 503.
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

  static boolean isAllowed(String name, String value) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && name.chars().allMatch(ReplyHeaders::isNameCharacter)
        && value.chars().allMatch(ReplyHeaders::isValueCharacter)
        && !ConnectionHeaders.NAMES.contains(lowerCase)
        && !RESERVED.contains(lowerCase);
  }

  // RFC 9110, 5.6.2.
  private static boolean isNameCharacter(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || NAME_MARKS.indexOf(character) >= 0;
  }

  // A line break would begin another header.
  private static boolean isValueCharacter(int character) {
    return character == '\t' || (character >= ' ' && character <= '~');
  }

  private void report(String service, String name) {
    if (reported.size() < MAX_REPORTED && reported.add(service + " " + name)) {
      log.warn(
          "[{}] the reply header '{}' is not passed on to clients (expected: a name that is not reserved"
              + " for the gateway, and a value of visible ASCII characters)",
          service,
          name.length() <= 100 ? name.replaceAll("[^ -~]", "?") : "…");
    }
  }
}
