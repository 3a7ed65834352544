package dev.troupe.protocol.wire;

import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseToRelay;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes pulses field by field, because each node sends and gets some each second. Pekko creates it
 * by its name. Thread-safe.
 */
public final class PulseSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {
  private static final int IDENTIFIER = 7002;
  private static final String PULSE = "pulse-1";
  private static final String TO_RELAY = "pulse-to-relay-1";
  private static final String BATCH = "pulse-batch-1";
  private static final int FIGURES =
      Short.BYTES + 2 * Integer.BYTES + 4 * Long.BYTES + Double.BYTES;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return message instanceof PulseBatch
        ? BATCH
        : message instanceof PulseToRelay ? TO_RELAY : PULSE;
  }

  @Override
  public void toBinary(Object message, ByteBuffer buffer) {
    pulses(message).forEach(pulse -> write(pulse, buffer));
  }

  @Override
  public byte[] toBinary(Object message) {
    int size =
        pulses(message).stream().mapToInt(pulse -> FIGURES + 3 * pulse.slot().length()).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size);
    toBinary(message, buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static List<Pulse> pulses(Object message) {
    if (message instanceof PulseBatch batch) {
      return batch.pulses();
    }
    return List.of(message instanceof PulseToRelay relayed ? relayed.pulse() : (Pulse) message);
  }

  private static void write(Pulse pulse, ByteBuffer buffer) {
    byte[] slot = pulse.slot().getBytes(StandardCharsets.UTF_8);
    buffer
        .putShort((short) slot.length)
        .put(slot)
        .putInt(pulse.generation())
        .putLong(pulse.sequence())
        .putLong(pulse.uptimeMillis())
        .putLong(pulse.atMillis())
        .putInt(pulse.inFlight())
        .putLong(pulse.heapBytes())
        .putDouble(pulse.cpuSeconds());
  }

  @Override
  public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case PULSE -> read(buffer);
        case TO_RELAY -> new PulseToRelay(read(buffer));
        case BATCH -> readAll(buffer);
        default ->
            throw Fields.malformed(
                "a message with the manifest '" + manifest + "'",
                String.join(", ", PULSE, TO_RELAY, BATCH));
      };
    } catch (BufferUnderflowException truncated) {
      throw Fields.malformed("a pulse that is cut off", "more bytes");
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }

  private static PulseBatch readAll(ByteBuffer buffer) {
    List<Pulse> pulses = new ArrayList<>();
    while (buffer.hasRemaining()) {
      pulses.add(read(buffer));
    }
    return new PulseBatch(pulses);
  }

  private static Pulse read(ByteBuffer buffer) {
    int length = Short.toUnsignedInt(buffer.getShort());
    if (length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] slot = new byte[length];
    buffer.get(slot);
    return new Pulse(
        new String(slot, StandardCharsets.UTF_8),
        buffer.getInt(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getInt(),
        buffer.getLong(),
        buffer.getDouble());
  }
}
