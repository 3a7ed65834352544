package dev.troupe.gateway.route;

import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target of a method and path, in a tree of path segments. In each node a literal segment
 * goes before a variable, and both before the target of all paths below the node. Immutable.
 *
 * @param <T> what a route leads to
 */
public final class RouteTable<T> {
  private final Node<T> root;

  private RouteTable(Node<T> root) {
    this.root = root;
  }

  /**
   * A route that was found.
   *
   * @param route its path as it was stated, the same object each time
   * @param variables the values of the variables of the path
   */
  public record Found<T>(String route, T target, Map<String, String> variables) {}

  /**
   * @param owner the service or the gateway, for messages
   * @param shown the path, for metrics
   */
  private record Route<T>(String owner, PathTemplate path, String shown, T target) {

    /** The values of the path's variables in {@code segments}, which must match the path. */
    Map<String, String> variables(List<String> segments) {
      Map<String, String> values = Map.of();
      int index = 0;
      for (PathTemplate.Segment segment : path.segments()) {
        if (segment.variable()) {
          values = with(values, segment.text(), segments.get(index));
        }
        index++;
      }
      return values;
    }

    // Most paths have at most one variable. For those the JDK's smallest maps are enough.
    private static Map<String, String> with(Map<String, String> values, String name, String value) {
      if (values.isEmpty()) {
        return Map.of(name, value);
      }
      Map<String, String> more = new HashMap<>(values);
      more.put(name, value);
      return more;
    }
  }

  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    final Map<HttpMethod, Route<T>> routes = new EnumMap<>(HttpMethod.class);
    @Nullable Node<T> variable;
    @Nullable Route<T> below;
  }

  /** Collects routes. Of two with the same method and place in the tree, the first is kept. */
  static final class Builder<T> {
    private final Node<T> root = new Node<>();

    /**
     * @param owner the service or the gateway, for messages
     * @return a message if the route was not added
     */
    Optional<String> add(String owner, HttpMethod method, PathTemplate path, T target) {
      Route<T> earlier =
          node(path).routes.putIfAbsent(method, new Route<>(owner, path, path.toString(), target));
      if (earlier == null) {
        return Optional.empty();
      }
      return Optional.of(
          "%s %s of %s is not reachable: %s of %s has the same place"
              .formatted(method, path, owner, earlier.path(), earlier.owner()));
    }

    /**
     * Adds a route of all methods, to the path and all paths below it.
     *
     * @return a message if the route was not added
     */
    Optional<String> addAllBelow(String owner, PathTemplate path, T target) {
      Node<T> node = node(path);
      Route<T> earlier = node.below;
      if (earlier == null) {
        node.below = new Route<>(owner, path, ActionDescriptor.shownBelow(path), target);
        return Optional.empty();
      }
      return Optional.of(
          "what is below %s of %s is not reachable: %s has the same place"
              .formatted(path, owner, earlier.owner()));
    }

    private Node<T> node(PathTemplate path) {
      Node<T> node = root;
      for (PathTemplate.Segment segment : path.segments()) {
        node = child(node, segment);
      }
      return node;
    }

    RouteTable<T> build() {
      return new RouteTable<>(root);
    }

    private static <T> Node<T> child(Node<T> node, PathTemplate.Segment segment) {
      if (!segment.variable()) {
        return node.literals.computeIfAbsent(segment.text(), text -> new Node<>());
      }
      Node<T> variable = node.variable;
      if (variable == null) {
        variable = new Node<>();
        node.variable = variable;
      }
      return variable;
    }
  }

  /**
   * @param method null for one that only routes of all methods take
   * @param segments of the path, decoded
   */
  public Optional<Found<T>> find(@Nullable HttpMethod method, List<String> segments) {
    Route<T> route = find(root, method, segments, 0);
    return route == null
        ? Optional.empty()
        : Optional.of(new Found<>(route.shown(), route.target(), route.variables(segments)));
  }

  /** The methods that have a route on this path. */
  public Set<HttpMethod> methodsAt(List<String> segments) {
    Set<HttpMethod> methods = EnumSet.noneOf(HttpMethod.class);
    for (HttpMethod method : HttpMethod.values()) {
      if (find(root, method, segments, 0) != null) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static <T> @Nullable Route<T> find(
      Node<T> node, @Nullable HttpMethod method, List<String> segments, int depth) {
    if (depth == segments.size()) {
      Route<T> exact = method == null ? null : node.routes.get(method);
      return exact == null ? node.below : exact;
    }
    String segment = segments.get(depth);
    Node<T> literal = node.literals.get(segment);
    if (literal != null) {
      Route<T> route = find(literal, method, segments, depth + 1);
      if (route != null) {
        return route;
      }
    }
    Node<T> variable = node.variable;
    Route<T> route =
        variable == null || segment.isEmpty() ? null : find(variable, method, segments, depth + 1);
    return route == null ? node.below : route;
  }
}
