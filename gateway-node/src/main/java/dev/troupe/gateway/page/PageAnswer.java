package dev.troupe.gateway.page;

/** What a page says. */
public sealed interface PageAnswer {

  /**
   * @param body to be written as JSON
   */
  record Shown(int httpCode, Object body) implements PageAnswer {}

  record Missing(String message) implements PageAnswer {}

  static PageAnswer ok(Object body) {
    return new Shown(200, body);
  }
}
