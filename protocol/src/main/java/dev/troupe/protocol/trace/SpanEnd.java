package dev.troupe.protocol.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a span ended. The order is that of the codes in a {@code SpanRing}. */
public enum SpanEnd {
  OK,
  FAILED,
  /** The process that did the work ended before it. */
  LOST,
  /** The instance declined the call, which went elsewhere. */
  DECLINED,
  /** The instance gave no sign of life, and the call went elsewhere. */
  SILENT,
  /** The deadline passed. */
  LATE;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
