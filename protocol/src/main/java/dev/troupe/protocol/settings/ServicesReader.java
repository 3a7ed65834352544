package dev.troupe.protocol.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.NodeNames;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the {@code services} block: names, dependencies, and what each service adds. */
final class ServicesReader {

  private final Path home;
  private final Config defaults;
  private final Config programDefaults;
  private final Config restart;
  private final long maxBody;
  private final long maxReplies;
  private final Map<String, Section> sections = new LinkedHashMap<>();
  private final Map<String, ServiceSettings> services = new LinkedHashMap<>();

  private ServicesReader(
      Path home,
      Config defaults,
      Config programDefaults,
      Config restart,
      long maxBody,
      long maxReplies) {
    this.home = home;
    this.maxBody = maxBody;
    this.maxReplies = maxReplies;
    this.defaults = defaults;
    this.programDefaults = programDefaults;
    this.restart = restart;
  }

  /** What bounds the calls of a service that the settings do not name. */
  static CallSettings callDefaults(Section root, Path home) {
    return defaults(root.section("service-defaults"), home, root.raw("restart")).calls();
  }

  /**
   * Each service after those it depends on.
   *
   * @param home of the cluster
   */
  static List<ServiceSettings> read(Section root, Path home) {
    Section gateway = root.section("gateway");
    Config defaults = root.raw("service-defaults");
    checkProgramDefaults(root, home, defaults);
    ServicesReader reader =
        new ServicesReader(
            home,
            defaults,
            root.raw("program-defaults").withFallback(defaults),
            root.raw("restart"),
            gateway.bytes("max-body", 1, Limits.GIB),
            gateway.bytes("max-reply-bytes", 1, 16 * Limits.GIB));
    Section block = root.section("services");
    for (String name : block.keys()) {
      reader.service(block, name);
    }
    reader.services.values().forEach(reader::checkDependencies);
    return reader.inStartOrder();
  }

  // Also where no service is a program, so that a wrong key does not wait for the first one.
  private static void checkProgramDefaults(Section root, Path home, Config defaults) {
    Config complete =
        ConfigFactory.parseMap(Map.of("command", List.of("of each program")))
            .withFallback(defaults);
    ServiceSettings.read(
        "program-defaults",
        root.section("program-defaults").withFallback(complete),
        home,
        root.raw("restart"));
  }

  private static ServiceSettings defaults(Section section, Path home, Config restart) {
    if (section.keys().contains("class")) {
      throw section.problem(
          "class", "'class' has no default (expected: one in each block of troupe.services)");
    }
    Config complete = ConfigFactory.parseMap(Map.of("class", "of each service"));
    return ServiceSettings.read("service-defaults", section.withFallback(complete), home, restart);
  }

  private void service(Section block, String name) {
    if (!NodeNames.SERVICE.matcher(name).matches()) {
      throw block.problem(
          name,
          "'%s' cannot be the name of a service (expected: a letter, then up to 63 of [A-Za-z0-9_])"
              .formatted(name));
    }
    if (NodeNames.isReserved(name)) {
      throw block.problem(
          name,
          "a service cannot be named '%s', a node of Troupe is (expected: another name)"
              .formatted(name));
    }
    Section own = block.section(name);
    Section section = own.withFallback(ServiceSettings.isProgram(own) ? programDefaults : defaults);
    sections.put(name, section);
    ServiceSettings settings = ServiceSettings.read(name, section, home, restart);
    section.require(
        "max-in-flight-bytes",
        settings.calls().maxInFlightBytes() >= maxBody,
        "at least troupe.gateway.max-body, " + Units.text(maxBody));
    section.require(
        "max-reply",
        settings.calls().maxReplyBytes() <= maxReplies,
        "at most troupe.gateway.max-reply-bytes, " + Units.text(maxReplies));
    services.put(name, settings);
  }

  private void checkDependencies(ServiceSettings service) {
    for (String dependency : service.dependsOn()) {
      if (!services.containsKey(dependency)) {
        throw dependencyProblem(
            service.name(),
            "%s depends on '%s', which is no service%s (services: %s)"
                .formatted(
                    service.name(),
                    dependency,
                    DidYouMean.hint(dependency, services.keySet()),
                    String.join(", ", services.keySet())));
      }
    }
  }

  private List<ServiceSettings> inStartOrder() {
    Map<String, List<String>> dependencies = new LinkedHashMap<>();
    services.forEach((name, service) -> dependencies.put(name, service.dependsOn()));
    StartOrder.Result result = StartOrder.of(dependencies);
    if (!result.cycle().isEmpty()) {
      throw dependencyProblem(
          result.cycle().get(0),
          "services depend on each other in a circle: "
              + String.join(" -> ", result.cycle())
              + " (expected: no circle; take one of them out of a depends-on)");
    }
    return result.order().stream().map(services::get).toList();
  }

  private SettingsException dependencyProblem(String service, String message) {
    return Objects.requireNonNull(sections.get(service)).problem("depends-on", message);
  }
}
