package dev.troupe.protocol.registry;

import dev.troupe.protocol.WireMessage;
import java.util.List;

/** The newest pulses of several instances, from the node that relays them. */
public record PulseBatch(List<Pulse> pulses) implements PulseMessage, WireMessage {
  public PulseBatch {
    pulses = List.copyOf(pulses);
  }
}
