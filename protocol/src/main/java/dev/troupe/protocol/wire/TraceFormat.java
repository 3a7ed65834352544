package dev.troupe.protocol.wire;

import dev.troupe.protocol.trace.TraceContext;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The field of a request that its trace is in: one byte of flags, and what they announce. */
final class TraceFormat {
  private static final int PRESENT = 1;
  private static final int SAMPLED = 2;
  private static final int KEPT = 4;
  private static final int HAS_STATE = 8;

  private TraceFormat() {}

  static void write(@Nullable TraceContext trace, ByteBuffer buffer) {
    if (trace == null) {
      buffer.put((byte) 0);
      return;
    }
    int flags = PRESENT | (trace.sampled() ? SAMPLED : 0) | (trace.kept() ? KEPT : 0);
    buffer.put((byte) (trace.state() == null ? flags : flags | HAS_STATE));
    buffer.putLong(trace.traceHigh()).putLong(trace.traceLow()).putLong(trace.spanId());
    if (trace.state() != null) {
      Fields.writeText(buffer, trace.state());
    }
  }

  static @Nullable TraceContext read(ByteBuffer buffer) throws NotSerializableException {
    int flags = buffer.get();
    if ((flags & PRESENT) == 0) {
      return null;
    }
    try {
      return new TraceContext(
          buffer.getLong(),
          buffer.getLong(),
          buffer.getLong(),
          (flags & SAMPLED) != 0,
          (flags & KEPT) != 0,
          (flags & HAS_STATE) == 0 ? null : Fields.readText(buffer, "trace state"));
    } catch (IllegalArgumentException e) {
      throw Fields.malformed("a trace whose id is 0", "another number");
    }
  }
}
