package dev.troupe.gateway.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Makes the JSON response to bytes that Pekko HTTP cannot parse as a request. It logs at debug
 * level only, so that clients cannot fill the log with garbage. Public because Pekko creates it by
 * name.
 */
public final class JsonParsingErrorHandler extends ParsingErrorHandler {

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("illegal request: {}", error.formatPretty());
    String summary = error.summary().isEmpty() ? status.defaultMessage() : error.summary();
    return JsonResponses.error(status.intValue(), summary, null);
  }
}
