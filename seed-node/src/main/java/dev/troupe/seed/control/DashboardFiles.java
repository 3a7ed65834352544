package dev.troupe.seed.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** The files of the dashboard, which come with the seed node. Thread-safe. */
final class DashboardFiles {
  private static final String ROOT = "/dev/troupe/dashboard/";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9-]+(\\.[a-z]+){0,2}\\.(html|js|css|svg)");
  private static final Map<String, ContentType> TYPES =
      Map.of(
          "html", ContentTypes.TEXT_HTML_UTF8,
          "js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
          "css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
          "svg", MediaTypes.IMAGE_SVG_XML.toContentType());

  private final Map<String, byte[]> read = new ConcurrentHashMap<>();

  /** The page of the dashboard, which shows what its path names. */
  HttpResponse page() {
    return response(200, "index.html");
  }

  /** The page that says how to log in. */
  HttpResponse loginPage(int code) {
    return response(code, "login.html");
  }

  /** The page that a login leads to, which goes on to the dashboard. */
  HttpResponse welcomePage() {
    return response(200, "welcome.html");
  }

  /** A file by its name; nothing if there is none. */
  Optional<HttpResponse> file(String name) {
    return NAME.matcher(name).matches() && DashboardFiles.class.getResource(ROOT + name) != null
        ? Optional.of(response(200, name))
        : Optional.empty();
  }

  private HttpResponse response(int code, String name) {
    ContentType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return HttpResponse.create()
        .withStatus(code)
        .withEntity(HttpEntities.create(type, read.computeIfAbsent(name, DashboardFiles::bytes)));
  }

  private static byte[] bytes(String name) {
    try (InputStream file = DashboardFiles.class.getResourceAsStream(ROOT + name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
