package dev.troupe.gateway.request;

/**
 * Why a request is not looked into.
 *
 * @param closes whether nothing that follows on its connection can be trusted
 */
record Refusal(int httpCode, String message, boolean closes) {
  Refusal(int httpCode, String message) {
    this(httpCode, message, false);
  }
}
