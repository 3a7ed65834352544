package dev.troupe.gateway.route;

import dev.troupe.gateway.openapi.DocumentPage;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.protocol.service.ActionDescriptor;

/** The end of a route. */
public sealed interface RouteTarget {

  /** An action of a service. */
  record ServiceAction(String service, ActionDescriptor action) implements RouteTarget {}

  /** A program that takes all requests to the path and below it. */
  record Program(String service, ActionDescriptor route) implements RouteTarget {}

  /** A page that the gateway itself answers. */
  record GatewayPage(StatusPage page) implements RouteTarget {}

  /** A page of the gateway that depends on headers of the request, or comes later. */
  record GatewayDocument(DocumentPage page) implements RouteTarget {}
}
