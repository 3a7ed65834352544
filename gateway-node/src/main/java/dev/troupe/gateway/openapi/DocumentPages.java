package dev.troupe.gateway.openapi;

import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.call.CallClient;
import dev.troupe.protocol.service.GatewayPaths;
import dev.troupe.protocol.service.PathTemplate;
import java.util.Map;

/** The pages that tell developers of clients what they can send. */
public final class DocumentPages {
  private DocumentPages() {}

  /**
   * All of them by their paths.
   *
   * @param version of the gateway
   * @param calls asks the services
   * @param index what programs get at the root
   */
  public static Map<PathTemplate, DocumentPage> all(
      String version, CallClient calls, StatusPage index) {
    DocsPage docs = new DocsPage();
    return Map.of(
        GatewayPaths.INDEX,
        new StartPage(index),
        GatewayPaths.OPENAPI,
        new OpenApiPage(version, calls),
        GatewayPaths.DOCS,
        docs,
        GatewayPaths.DOCS_FILE,
        docs);
  }
}
