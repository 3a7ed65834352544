package dev.troupe.testkit;

import java.time.Duration;

/**
 * Sends requests to services as their clients do, in JSON, and waits for the answers.
 *
 * <p>A body is text that is sent as it is, or a record, a map or a list that becomes JSON with
 * names in snake_case.
 */
@FunctionalInterface
public interface TestClient {
  /** Sends {@code request} and waits for the answer. */
  TestResponse send(TestRequest request);

  default TestResponse get(String path) {
    return send(TestRequest.of("GET", path, null));
  }

  default TestResponse post(String path, Object body) {
    return send(TestRequest.of("POST", path, body));
  }

  /** A POST without a body. */
  default TestResponse post(String path) {
    return send(TestRequest.of("POST", path, null));
  }

  default TestResponse put(String path, Object body) {
    return send(TestRequest.of("PUT", path, body));
  }

  default TestResponse patch(String path, Object body) {
    return send(TestRequest.of("PATCH", path, body));
  }

  default TestResponse delete(String path) {
    return send(TestRequest.of("DELETE", path, null));
  }

  /** A client that sends this header too. */
  default TestClient with(String header, String value) {
    return request -> send(request.withHeader(header, value));
  }

  /** A client whose writes are one write, however often it sends them. */
  default TestClient idempotencyKey(String key) {
    return with("Idempotency-Key", key);
  }

  /**
   * A client that changes only what has this version.
   *
   * @param tag as {@code ETag} gave it, with its quotation marks
   */
  default TestClient ifMatch(String tag) {
    return with("If-Match", tag);
  }

  /**
   * A client that waits no longer than this. In a {@link TroupeTest} it is the deadline of the
   * call, which the service sees; with {@link Duration#ZERO} it has passed before the service
   * begins.
   */
  default TestClient within(Duration time) {
    return request -> send(request.within(time));
  }
}
