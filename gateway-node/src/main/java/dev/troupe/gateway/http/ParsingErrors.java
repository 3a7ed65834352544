package dev.troupe.gateway.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers in JSON what Pekko HTTP refuses before it is a request. It logs nothing above debug, so
 * that garbage from outside can't fill the log. Pekko creates it by its name.
 */
public final class ParsingErrors extends ParsingErrorHandler {

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("illegal request: {}", error.formatPretty());
    String summary = error.summary().isEmpty() ? status.defaultMessage() : error.summary();
    return JsonResponses.error(status.intValue(), summary, null);
  }
}
