package dev.troupe.protocol.wire;

import dev.troupe.protocol.registry.Pulse;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes pulses field by field, because each node sends one to each other node each second. Pekko
 * creates it by its name. Thread-safe.
 */
public final class PulseSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private static final int IDENTIFIER = 7002;
  private static final String PULSE = "pulse-1";
  private static final int FIGURES = 2 * Integer.BYTES + 4 * Long.BYTES + Double.BYTES;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return PULSE;
  }

  @Override
  public void toBinary(Object message, ByteBuffer buffer) {
    Pulse pulse = (Pulse) message;
    buffer
        .putInt(pulse.generation())
        .putLong(pulse.sequence())
        .putLong(pulse.uptimeMillis())
        .putLong(pulse.atMillis())
        .putInt(pulse.inFlight())
        .putLong(pulse.heapBytes())
        .putDouble(pulse.cpuSeconds())
        .put(pulse.slot().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] toBinary(Object message) {
    ByteBuffer buffer = ByteBuffer.allocate(FIGURES + 3 * ((Pulse) message).slot().length());
    toBinary(message, buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
    if (!manifest.equals(PULSE)) {
      throw Fields.malformed("a message with the manifest '" + manifest + "'", PULSE);
    }
    try {
      int generation = buffer.getInt();
      long sequence = buffer.getLong();
      long uptimeMillis = buffer.getLong();
      long atMillis = buffer.getLong();
      int inFlight = buffer.getInt();
      long heapBytes = buffer.getLong();
      double cpuSeconds = buffer.getDouble();
      byte[] slot = new byte[buffer.remaining()];
      buffer.get(slot);
      return new Pulse(
          new String(slot, StandardCharsets.UTF_8),
          generation,
          sequence,
          uptimeMillis,
          atMillis,
          inFlight,
          heapBytes,
          cpuSeconds);
    } catch (BufferUnderflowException truncated) {
      throw Fields.malformed("a pulse that is cut off", "more bytes");
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }
}
