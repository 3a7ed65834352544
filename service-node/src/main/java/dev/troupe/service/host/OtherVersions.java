package dev.troupe.service.host;

import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.UnreadableRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.slf4j.Logger;

/**
 * Answers requests of processes that speak another wire version. Logs each such process once, since
 * all of its requests are refused. Confined to the endpoint.
 */
final class OtherVersions {
  private static final int MAX_LOGGED = 1000;

  private record Peer(Address address, int version) {}

  private final String slot;
  private final Logger log;
  private final Set<Peer> logged = new HashSet<>();

  OtherVersions(String slot, Logger log) {
    this.slot = slot;
    this.log = log;
  }

  ServiceReply reply(UnreadableRequest request) {
    Address address = request.replyTo().path().address();
    String text = request.problem().text("the caller", slot);
    if (logged.size() < MAX_LOGGED && logged.add(new Peer(address, request.problem().received()))) {
      log.error("[{}] all requests of {} are refused: {}", slot, address, text);
    }
    return new ServiceReply(
        request.correlationId(), "", request.problem().status(), JsonBytes.EMPTY, text);
  }
}
