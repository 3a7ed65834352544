package dev.troupe.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PulseSerializerTest {
  private static final Pulse PULSE = new Pulse("Überblick-1", 1, 2, 3, 4, 5, 6, 7.5);

  private final PulseSerializer serializer = new PulseSerializer();

  @Test
  void aPulseIsWrittenInFewBytes() throws NotSerializableException {
    byte[] bytes = serializer.toBinary(PULSE);

    assertThat(bytes).hasSizeLessThan(70);
    assertThat(serializer.fromBinary(bytes, serializer.manifest(PULSE))).isEqualTo(PULSE);
  }

  @Test
  void aPulseKeepsItsSlotAmongOthers() throws NotSerializableException {
    PulseBatch batch = new PulseBatch(List.of(PULSE, new Pulse("b-1", 8, 9, 0, 0, 0, 0, 0)));

    assertThat(serializer.fromBinary(serializer.toBinary(batch), serializer.manifest(batch)))
        .isEqualTo(batch);
  }

  @Test
  void bytesThatAreNoPulseOfThisVersionAreRefused() {
    byte[] bytes = serializer.toBinary(PULSE);

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "pulse-9"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("'pulse-9' (expected: pulse-1");
    assertThatThrownBy(() -> serializer.fromBinary(Arrays.copyOf(bytes, 20), "pulse-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("cut off");
  }
}
