package dev.troupe.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.node.call.CallClient;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.registry.Registration;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /openapi.json}: what all services say of their actions. It asks them again when other
 * instances run than before, since these may run other versions. Thread-safe.
 */
final class OpenApiPage implements DocumentPage {
  private static final Logger log = LoggerFactory.getLogger(OpenApiPage.class);

  private final String version;
  private final ServiceDescriptions descriptions;
  // What a service said last holds while none of its instances can be asked.
  private final Map<String, JsonNode> known = new ConcurrentHashMap<>();
  private volatile Made newest =
      new Made(new Source(List.of(), Map.of()), CompletableFuture.failedFuture(new Incomplete()));

  OpenApiPage(String version, CallClient calls) {
    this.version = version;
    this.descriptions = new ServiceDescriptions(calls);
  }

  /** What the document depends on. */
  private record Source(
      List<ServiceDescriptor> services, Map<String, List<Registration>> instances) {
    static Source of(RegistryView view) {
      Map<String, List<Registration>> instances = new TreeMap<>();
      for (String service : view.services().keySet()) {
        List<Registration> serving =
            view.instancesOf(service)
                .filter(instance -> instance.isReady() || instance.isDegraded())
                .map(InstanceView::registration)
                .toList();
        if (!serving.isEmpty()) {
          instances.put(service, serving);
        }
      }
      return new Source(
          view.services().values().stream().map(ServiceView::descriptor).toList(), instances);
    }
  }

  /**
   * @param document fails when it lacks the description of a service that runs
   */
  private record Made(Source source, CompletableFuture<TaggedResponse> document) {
    boolean holdsFor(Source wanted) {
      return source.equals(wanted) && !document.isCompletedExceptionally();
    }
  }

  /** The document that can be had, which lacks something. */
  private static final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public boolean needsRegistry() {
    return true;
  }

  @Override
  public CompletionStage<HttpResponse> answer(
      HttpRequest request, RegistryView view, Map<String, String> variables) {
    Source source = Source.of(view);
    return document(source)
        .exceptionally(incomplete -> written(source))
        .thenApply(document -> document.to(request))
        .exceptionally(
            failure -> {
              log.error("/openapi.json cannot be made", failure);
              return JsonResponses.error(500, "the gateway failed; its log says why", null);
            });
  }

  // Requests at the same time share the answers of the services.
  private synchronized CompletableFuture<TaggedResponse> document(Source source) {
    if (!newest.holdsFor(source)) {
      newest = new Made(source, make(source));
    }
    return newest.document();
  }

  private CompletableFuture<TaggedResponse> make(Source source) {
    known.keySet().retainAll(source.services().stream().map(ServiceDescriptor::service).toList());
    List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    for (String service : source.instances().keySet()) {
      asked.add(
          descriptions
              .of(service)
              .thenApply(
                  said -> {
                    said.ifPresent(description -> known.put(service, description));
                    return said.isPresent();
                  })
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            done -> {
              if (!asked.stream().allMatch(CompletableFuture::join)) {
                throw new Incomplete();
              }
              return written(source);
            });
  }

  private TaggedResponse written(Source source) {
    return new TaggedResponse(
        ContentTypes.APPLICATION_JSON,
        Json.write(OpenApiDocument.of(version, source.services(), known)));
  }
}
