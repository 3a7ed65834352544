package dev.troupe.gateway.route;

import dev.troupe.gateway.status.StatusPage;
import dev.troupe.protocol.service.ActionDescriptor;

/** The end of a route. */
public sealed interface RouteTarget {

  /** An action of a service. */
  record ServiceAction(String service, ActionDescriptor action) implements RouteTarget {}

  /** A page that the gateway itself answers. */
  record GatewayPage(StatusPage page) implements RouteTarget {}
}
