package dev.troupe.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are wanted; a part that is null wants all.
 *
 * @param reason why they are kept, like {@code failed}
 * @param route a part of their name
 * @param limit how many at most
 */
public record TraceQuery(
    @Nullable String reason,
    @Nullable String route,
    @Nullable Integer status,
    @Nullable Integer minMillis,
    @Nullable String requestId,
    int limit) {

  String path() {
    List<String> parts = new ArrayList<>();
    add(parts, "reason", reason);
    add(parts, "route", route);
    add(parts, "status", status);
    add(parts, "min-ms", minMillis);
    add(parts, "request-id", requestId);
    add(parts, "limit", limit);
    return "/traces?" + String.join("&", parts);
  }

  private static void add(List<String> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8));
    }
  }
}
