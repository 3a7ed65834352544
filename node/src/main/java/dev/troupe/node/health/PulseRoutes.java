package dev.troupe.node.health;

import dev.troupe.node.registry.MemberView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.registry.Pulse;
import dev.troupe.protocol.registry.PulseBatch;
import dev.troupe.protocol.registry.PulseMessage;
import dev.troupe.protocol.registry.PulseToRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which way the pulses of a node take. The seed node relays them: it collects those of all
 * nodes and sends them on with its own, so that each node sends one message a second and gets one.
 * A node whose own pulse does not come back from the relay sends it to all nodes, until it does:
 * what the relay says counts, and not that it is a member. Not thread-safe.
 */
final class PulseRoutes {
  /** With fewer nodes the relay saves no messages. */
  static final int LEAST_NODES = 4;

  /** Between two pulses that came back, one second passes. */
  static final Duration ECHO_TIMEOUT = Duration.ofMillis(1500);

  /** When the relay stops, nothing is heard for two seconds; no instance may be suspected then. */
  static final Duration LEAST_SUSPECT_AFTER = Duration.ofSeconds(3);

  /** So many instances are relayed; a batch of them is far smaller than the largest message. */
  static final int MOST_RELAYED = 2_000;

  private final boolean relays;
  private final Map<String, Pulse> collected = new LinkedHashMap<>();
  private String relay = "";
  private Optional<Long> echoedNanos = Optional.empty();

  /**
   * @param suspectAfter how long an instance may be silent
   */
  PulseRoutes(Duration suspectAfter) {
    this.relays = suspectAfter.compareTo(LEAST_SUSPECT_AFTER) >= 0;
  }

  /**
   * What this node sends when it has a pulse of its own.
   *
   * @param view of the nodes
   * @param nowNanos by {@link System#nanoTime}
   * @return the messages by the address of the node that gets them; this node is not among them
   */
  Map<String, PulseMessage> send(Pulse own, RegistryView view, long nowNanos) {
    List<MemberView> living =
        view.members().stream()
            .filter(member -> !member.isDown() && !view.deaths().containsKey(member.address()))
            .toList();
    Optional<MemberView> chosen = relays ? relay(living) : Optional.empty();
    forgetOtherRelay(chosen.map(MemberView::address).orElse(""));
    boolean isRelay = chosen.filter(MemberView::self).isPresent();
    PulseMessage forAll = isRelay ? batchWith(own) : own;
    collected.clear();
    Map<String, PulseMessage> messages = new HashMap<>();
    if (!isEchoed(nowNanos)) {
      living.stream()
          .filter(member -> !member.self())
          .forEach(member -> messages.put(member.address(), forAll));
    }
    if (!isRelay) {
      chosen.ifPresent(member -> messages.put(member.address(), new PulseToRelay(own)));
    }
    return messages;
  }

  /** Keeps the pulse of another node until this one has a pulse of its own. */
  void collect(Pulse pulse) {
    if (collected.size() < MOST_RELAYED || collected.containsKey(pulse.slot())) {
      collected.put(pulse.slot(), pulse);
    }
  }

  /** A pulse of this node has come back from the relay. */
  void echoed(long nowNanos) {
    echoedNanos = Optional.of(nowNanos);
  }

  // Of two seed nodes the older is on its way out.
  private static Optional<MemberView> relay(List<MemberView> living) {
    return living.size() < LEAST_NODES
        ? Optional.empty()
        : living.stream()
            .filter(member -> member.roles().contains(NodeNames.SEED))
            .reduce((older, younger) -> younger);
  }

  private void forgetOtherRelay(String address) {
    if (!address.equals(relay)) {
      relay = address;
      echoedNanos = Optional.empty();
    }
  }

  private boolean isEchoed(long nowNanos) {
    return echoedNanos.filter(at -> nowNanos - at < ECHO_TIMEOUT.toNanos()).isPresent();
  }

  private PulseBatch batchWith(Pulse own) {
    List<Pulse> pulses = new ArrayList<>(collected.values());
    pulses.add(own);
    return new PulseBatch(pulses);
  }
}
