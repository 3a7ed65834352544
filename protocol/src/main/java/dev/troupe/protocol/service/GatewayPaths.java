package dev.troupe.protocol.service;

import dev.troupe.protocol.NodeNames;
import java.util.List;

/** The paths that the gateway itself answers, with GET. No service may have one of them. */
public final class GatewayPaths {
  public static final PathTemplate INDEX = PathTemplate.of("/");
  public static final PathTemplate HEALTH = PathTemplate.of("/health");
  public static final PathTemplate SERVICES = PathTemplate.of("/services");
  public static final PathTemplate SERVICE_HEALTH = PathTemplate.of("/services/{name}/health");
  public static final PathTemplate CLUSTER = PathTemplate.of("/cluster");

  /** The description of all actions in OpenAPI. */
  public static final PathTemplate OPENAPI = PathTemplate.of("/openapi.json");

  /** The description for people to read, and its files. */
  public static final PathTemplate DOCS = PathTemplate.of("/docs");

  public static final PathTemplate DOCS_FILE = PathTemplate.of("/docs/{file}");

  /** The paths in the form that services publish theirs in. */
  public static final ServiceDescriptor DESCRIPTOR =
      new ServiceDescriptor(
          NodeNames.GATEWAY,
          "1",
          List.of(
              page("index", INDEX),
              page("health", HEALTH),
              page("services", SERVICES),
              page("service_health", SERVICE_HEALTH),
              page("cluster", CLUSTER),
              page("openapi", OPENAPI),
              page("docs", DOCS),
              page("docs_file", DOCS_FILE)));

  private GatewayPaths() {}

  private static ActionDescriptor page(String name, PathTemplate path) {
    return new ActionDescriptor(name, HttpMethod.GET, path, true);
  }
}
