package dev.troupe.bench;

/**
 * One request and what became of it.
 *
 * @param dueMillis when it was to be sent, since the load began; a late sender makes it no younger
 * @param name of what it was to create; empty for one that reads
 * @param status of the answer; 0 if there was none
 * @param millis from due to answered
 * @param error why there was no answer, or what the answer said that is no success; else empty
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

  /** Whether it is a write that may be answered otherwise when it is sent again. */
  boolean isWorthARetry() {
    return isWrite() && (status == 0 || status == TOO_MANY_REQUESTS || status >= 500);
  }

  /** Whether it is to create something. */
  boolean isWrite() {
    return !name.isEmpty();
  }

  /** When it was answered, or given up, in milliseconds since the load began. */
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
