package dev.troupe.gateway.route;

import dev.troupe.gateway.page.Page;
import dev.troupe.protocol.service.ActionDescriptor;

/** What a route leads to. */
public sealed interface RouteTarget {

  /** An action of a service. */
  record ServiceAction(String service, ActionDescriptor action) implements RouteTarget {}

  /** An endpoint of the gateway's own. */
  record OwnPage(Page page) implements RouteTarget {}
}
