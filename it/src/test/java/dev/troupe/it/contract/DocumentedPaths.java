package dev.troupe.it.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the templates of a document that a path fits. */
final class DocumentedPaths {
  private record Template(String text, List<String> segments) {
    boolean fits(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!isVariable(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    // OpenAPI: a path without variables is preferred to one with variables.
    String order() {
      StringBuilder order = new StringBuilder();
      segments.forEach(segment -> order.append(isVariable(segment) ? '1' : '0'));
      return order.toString();
    }
  }

  private final List<Template> templates = new ArrayList<>();
  private final List<List<String>> programs = new ArrayList<>();

  DocumentedPaths(JsonNode document) {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      templates.add(new Template(path.getKey(), segments(path.getKey())));
    }
    templates.sort((a, b) -> a.order().compareTo(b.order()));
    for (JsonNode tag : document.path("tags")) {
      if (tag.has("x-troupe-prefix")) {
        programs.add(segments(tag.get("x-troupe-prefix").asText()));
      }
    }
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  Optional<String> find(String path) {
    List<String> segments = segments(path);
    return templates.stream()
        .filter(template -> template.fits(segments))
        .map(Template::text)
        .findFirst();
  }

  /** Whether a program gets the requests to {@code path}: the document cannot say its answers. */
  boolean isOfProgram(String path) {
    List<String> segments = segments(path);
    return programs.stream()
        .anyMatch(
            prefix ->
                segments.size() >= prefix.size()
                    && segments.subList(0, prefix.size()).equals(prefix));
  }

  /** Decoded. The gateway ignores one slash at the end, and so do these. */
  static List<String> segments(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    if (relative.isEmpty()) {
      return List.of();
    }
    String shortened =
        relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
    return Arrays.stream(shortened.split("/", -1))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
        .toList();
  }
}
