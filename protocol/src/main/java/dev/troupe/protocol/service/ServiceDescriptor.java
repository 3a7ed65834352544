package dev.troupe.protocol.service;

import dev.troupe.protocol.WireMessage;
import java.util.ArrayList;
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
  /** Names of services, from which those of slots, roles and files are made. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  private static final Pattern ACTION_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public ServiceDescriptor {
    if (!NAME.matcher(service).matches()) {
      throw new IllegalArgumentException(
          "service name '" + service + "' (expected: a letter, then up to 63 of [A-Za-z0-9_])");
    }
    actions = List.copyOf(actions);
    Set<String> names = new HashSet<>();
    Set<String> endpoints = new HashSet<>();
    for (ActionDescriptor action : actions) {
      if (!ACTION_NAME.matcher(action.name()).matches()) {
        throw new IllegalArgumentException(
            service + ": action name '" + action.name() + "' (expected: [a-z][a-z0-9_]*)");
      }
      if (!names.add(action.name())) {
        throw new IllegalArgumentException(service + ": two actions named " + action.name());
      }
      if (!endpoints.add(action.method() + " " + action.path().shape())) {
        throw new IllegalArgumentException(
            service + ": two actions at " + action.method() + " " + action.path());
      }
    }
  }

  public static Builder named(String service) {
    return new Builder(service);
  }

  /** Collects the actions of one service. */
  public static final class Builder {
    private final String service;
    private final List<ActionDescriptor> actions = new ArrayList<>();
    private String version = "1";

    private Builder(String service) {
      this.service = service;
    }

    public Builder version(String version) {
      this.version = version;
      return this;
    }

    public Builder action(Action<?, ?> action) {
      actions.add(action.descriptor());
      return this;
    }

    public ServiceDescriptor build() {
      return new ServiceDescriptor(service, version, actions);
    }
  }
}
