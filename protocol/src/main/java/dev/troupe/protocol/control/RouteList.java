package dev.troupe.protocol.control;

import java.util.List;

/**
 * What {@code routes --json} prints.
 *
 * @param routes by path, then by method
 */
public record RouteList(List<ServiceRoute> routes) {
  public RouteList {
    routes = List.copyOf(routes);
  }
}
