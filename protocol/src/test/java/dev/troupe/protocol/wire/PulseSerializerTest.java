package dev.troupe.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.registry.Pulse;
import java.io.NotSerializableException;
import java.util.Arrays;
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
  void bytesThatAreNoPulseOfThisVersionAreRefused() {
    byte[] bytes = serializer.toBinary(PULSE);

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "pulse-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("'pulse-2' (expected: pulse-1");
    assertThatThrownBy(() -> serializer.fromBinary(Arrays.copyOf(bytes, 20), "pulse-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("cut off");
  }
}
