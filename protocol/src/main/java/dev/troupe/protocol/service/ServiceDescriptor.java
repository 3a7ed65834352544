package dev.troupe.protocol.service;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.WireMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The actions of a service. Each instance publishes it in Distributed Data when it starts. The
 * gateway routes by it and knows nothing else of the service.
 *
 * @param service the service's name, like {@code UserService}
 * @param version the service's own version, for people to read
 */
public record ServiceDescriptor(String service, String version, List<ActionDescriptor> actions)
    implements WireMessage {
  private static final Pattern ACTION_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public ServiceDescriptor {
    if (!NodeNames.SERVICE.matcher(service).matches()) {
      throw new IllegalArgumentException(
          "service name '" + service + "' (expected: a letter, then up to 63 of [A-Za-z0-9_])");
    }
    actions = List.copyOf(actions);
    Set<String> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (ActionDescriptor action : actions) {
      if (!ACTION_NAME.matcher(action.name()).matches()) {
        throw new IllegalArgumentException(
            service + ": action name '" + action.name() + "' (expected: [a-z][a-z0-9_]*)");
      }
      if (!names.add(action.name())) {
        throw new IllegalArgumentException(service + ": two actions named " + action.name());
      }
      if (!places.add(action.place())) {
        throw new IllegalArgumentException(
            service + ": two actions at " + action.method() + " " + action.path());
      }
    }
  }
}
