package dev.troupe.gateway.request;

import dev.troupe.protocol.service.ActionDescriptor;

/**
 * A route of a service as traces know it.
 *
 * @param name like {@code POST /orders}
 * @param slow which of its requests are slow
 */
record TracedRoute(ActionDescriptor action, String name, SlowRequests slow) {
  static TracedRoute of(ActionDescriptor action) {
    return new TracedRoute(
        action, action.shownMethod() + " " + action.shownPath(), new SlowRequests());
  }
}
