package dev.troupe.node.trace;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Numbers in place of the names of spans. Names are those of actions, routes and slots, so that
 * there are few; beyond the bound all are {@value #OTHER}. Thread-safe.
 */
final class SpanNames {
  static final int MOST = 8192;
  static final String OTHER = "(other)";

  private static final int NONE = 0;
  private static final int OTHERS = 1;

  private final Map<String, Integer> codes = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<String> names = new AtomicReferenceArray<>(MOST);
  private int used = 2;

  /** The number of {@code name}, from 0 to {@value #MOST} less 1; 0 if it is empty. */
  int code(String name) {
    if (name.isEmpty()) {
      return NONE;
    }
    Integer known = codes.get(name);
    return known == null ? add(name) : known;
  }

  private synchronized int add(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    if (used == MOST) {
      return OTHERS;
    }
    int code = used++;
    names.set(code, name);
    codes.put(name, code);
    return code;
  }

  String name(int code) {
    return code == NONE ? "" : code == OTHERS ? OTHER : names.get(code);
  }
}
