package dev.troupe.seed.control;

import dev.troupe.protocol.crypto.RandomText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The codes of login links, each of which is good for one login. Thread-safe. */
final class LoginCodes {
  static final Duration LENGTH = Duration.ofMinutes(5);

  private static final int BYTES = 16;
  private static final int MOST = 64;

  private final LongSupplier nanos;
  private final Map<String, Long> issued = new LinkedHashMap<>();

  /**
   * @param nanos like {@link System#nanoTime()}
   */
  LoginCodes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A new code. The oldest unused one is given up when there are too many. */
  synchronized String issue() {
    String code = RandomText.of(BYTES);
    if (issued.size() >= MOST) {
      issued.remove(issued.keySet().iterator().next());
    }
    issued.put(code, nanos.getAsLong());
    return code;
  }

  /** Whether the code is good for a login, which it is once. */
  synchronized boolean use(String code) {
    Long since = issued.remove(code);
    return since != null && nanos.getAsLong() - since < LENGTH.toNanos();
  }
}
