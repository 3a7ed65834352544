package dev.troupe.gateway.openapi;

import dev.troupe.gateway.http.JsonResponses;
import dev.troupe.node.registry.RegistryView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /docs}: Swagger UI, from the class path, and nothing from elsewhere. */
final class DocsPage implements DocumentPage {
  private static final Logger log = LoggerFactory.getLogger(DocsPage.class);
  private static final String FILE = "file";
  private static final String INDEX = "index.html";
  private static final Map<String, ContentType> FILES =
      Map.of(
          INDEX,
          ContentTypes.TEXT_HTML_UTF8,
          "start.js",
          MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
          "swagger-ui-bundle.js",
          MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
          "swagger-ui.css",
          MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
          "favicon-32x32.png",
          MediaTypes.IMAGE_PNG.toContentType());

  // Swagger UI has its pictures in its style sheet.
  private static final RawHeader POLICY =
      RawHeader.create(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  private static final RawHeader NO_REFERRER = RawHeader.create("Referrer-Policy", "no-referrer");

  // Read when somebody asks for one: a gateway that nobody looks at needs no memory for them.
  private final Map<String, TaggedResponse> read = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<HttpResponse> answer(
      HttpRequest request, RegistryView view, Map<String, String> variables) {
    String file = variables.getOrDefault(FILE, INDEX);
    if (!FILES.containsKey(file)) {
      return CompletableFuture.completedStage(
          JsonResponses.error(404, "the documentation has no such file; GET /docs shows it", null));
    }
    return CompletableFuture.supplyAsync(() -> read.computeIfAbsent(file, DocsPage::read))
        .thenApply(found -> secured(found.to(request)))
        .exceptionally(
            failure -> {
              log.error("the documentation cannot be read", failure);
              return JsonResponses.error(500, "the documentation cannot be read", null);
            });
  }

  private static HttpResponse secured(HttpResponse response) {
    return response.addHeader(POLICY).addHeader(NO_REFERRER);
  }

  private static TaggedResponse read(String file) {
    try (InputStream in = DocsPage.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not in the jar of the gateway");
      }
      return new TaggedResponse(FILES.get(file), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
