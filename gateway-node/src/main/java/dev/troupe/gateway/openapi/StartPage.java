package dev.troupe.gateway.openapi;

import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.service.GatewayPaths;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** {@code GET /}: leads browsers to the documentation, and shows programs the paths. */
final class StartPage implements DocumentPage {
  private static final RawHeader VARIES = RawHeader.create("Vary", "Accept");

  private final StatusPage index;

  StartPage(StatusPage index) {
    this.index = index;
  }

  @Override
  public CompletionStage<HttpResponse> answer(
      HttpRequest request, RegistryView view, Map<String, String> variables) {
    return CompletableFuture.completedStage(response(request, view, variables).addHeader(VARIES));
  }

  private HttpResponse response(
      HttpRequest request, RegistryView view, Map<String, String> variables) {
    boolean browser =
        request.getHeader("Accept").filter(it -> it.value().contains("text/html")).isPresent();
    if (browser) {
      String docs = GatewayPaths.DOCS.toString();
      return JsonResponses.empty(303).addHeader(RawHeader.create("Location", docs));
    }
    StatusPage.Response.Json page = (StatusPage.Response.Json) index.answer(view, variables);
    return JsonResponses.of(page.httpCode(), page.body());
  }
}
