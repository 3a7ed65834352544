package dev.troupe.protocol.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who caused an event of a slot. */
public enum Initiator {
  /** Somebody gave an order: {@code restart}, {@code scale}, {@code down} and the like. */
  OPERATOR,
  /** The seed node, because the process was not well. */
  SUPERVISOR,
  /** The launcher of the seed node, because the seed node did not answer. */
  LAUNCHER;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this label; nothing if there is none, as in the file of a later version. */
  public static Optional<Initiator> labelled(@Nullable String label) {
    return Arrays.stream(values()).filter(known -> known.label().equals(label)).findFirst();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Initiator of(String label) {
    return labelled(label).orElseThrow(() -> new IllegalArgumentException("no one " + label));
  }
}
