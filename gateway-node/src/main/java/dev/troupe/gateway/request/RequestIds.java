package dev.troupe.gateway.request;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Gives requests ids that are unique among all gateways of a cluster. Thread-safe. */
final class RequestIds {
  private static final int RADIX = 36;
  private static final int MAX_LENGTH = 128;

  private final String prefix;
  private final AtomicLong next = new AtomicLong();

  // The 64 random bits of the prefix are drawn once per process, since they cost more than a count.
  RequestIds() {
    this(Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), RADIX) + "-");
  }

  RequestIds(String prefix) {
    this.prefix = prefix;
  }

  String next() {
    return prefix + Long.toString(next.incrementAndGet(), RADIX);
  }

  /** Whether a client's own id may be used: 1 to 128 of [A-Za-z0-9._-]. */
  static boolean isLegal(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    return id.chars().allMatch(RequestIds::isLegal);
  }

  private static boolean isLegal(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '_'
        || character == '-';
  }
}
