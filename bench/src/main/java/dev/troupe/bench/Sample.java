package dev.troupe.bench;

/**
 * One attempt to send a request, and its result.
 *
 * @param dueMillis when the request was due, since the load began; it may have been sent later
 * @param name of the thing that the request creates; empty if it reads
 * @param status of the answer; 0 if there was none
 * @param millis from the due time to the answer
 * @param error why there was no answer, or the body of an answer that is no success; else empty
 */
record Sample(
    long dueMillis,
    String method,
    String path,
    String name,
    int status,
    double millis,
    String error) {
  private static final int TOO_MANY_REQUESTS = 429;

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** Whether it is a write that may succeed when it is sent again. */
  boolean isWorthARetry() {
    return isWrite() && (status == 0 || status == TOO_MANY_REQUESTS || status >= 500);
  }

  /** Whether the request creates something. */
  boolean isWrite() {
    return !name.isEmpty();
  }

  /** When the request was answered or failed, in milliseconds since the load began. */
  double answeredMillis() {
    return dueMillis + millis;
  }

  static String csvHeader() {
    return "case,run,due_ms,method,path,name,status,answer_ms,error";
  }

  String csv(String scenario, int run) {
    return "%s,%d,%d,%s,%s,%s,%d,%.1f,\"%s\""
        .formatted(
            scenario,
            run,
            dueMillis,
            method,
            path,
            name,
            status,
            millis,
            oneLine(error).replace('"', '\''));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
