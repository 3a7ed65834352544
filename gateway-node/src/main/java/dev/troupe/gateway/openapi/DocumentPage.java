package dev.troupe.gateway.openapi;

import dev.troupe.node.registry.RegistryView;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** A page of the gateway, whose answer depends on headers of the request or comes later. */
@FunctionalInterface
public interface DocumentPage {
  /**
   * Must not block, and the result must not fail.
   *
   * @param variables the values of the variables in the page's path
   */
  CompletionStage<HttpResponse> answer(
      HttpRequest request, RegistryView view, Map<String, String> variables);

  /** Whether the page would be wrong before this node has read the registry of the cluster. */
  default boolean needsRegistry() {
    return false;
  }
}
