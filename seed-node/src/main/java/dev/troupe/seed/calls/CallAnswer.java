package dev.troupe.seed.calls;

import java.util.List;

/**
 * What a gateway answered to a {@link GatewayCall}.
 *
 * @param millis from the beginning of the call to the end of its answer
 * @param headers in the order of their names
 * @param body as UTF-8; empty if {@code binary}
 * @param bytes of the body that were read
 * @param truncated whether the body goes on: it was too long, or did not end in time
 * @param binary whether the body is no UTF-8
 * @param traceId of the call, which is kept
 */
public record CallAnswer(
    String gateway,
    int status,
    long millis,
    List<Header> headers,
    String body,
    int bytes,
    boolean truncated,
    boolean binary,
    String traceId) {
  public CallAnswer {
    headers = List.copyOf(headers);
  }

  /** A header of the answer. */
  public record Header(String name, String value) {}
}
