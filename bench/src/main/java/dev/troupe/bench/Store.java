package dev.troupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads what the services have stored, page by page through the gateway. */
final class Store {
  private static final int PAGE = 100;

  private final Http http = new Http();
  private final String gateway;

  Store(String gateway) {
    this.gateway = gateway;
  }

  /** How often each name is stored, among users, orders and notifications together. */
  Map<String, Integer> names() throws IOException {
    Map<String, Integer> names = new HashMap<>();
    count("users", "username", names);
    count("orders", "product", names);
    count("notifications", "message", names);
    return names;
  }

  private void count(String what, String field, Map<String, Integer> names) throws IOException {
    long after = 0;
    while (true) {
      JsonNode page =
          http.get("%s/%s?limit=%d&after=%d".formatted(gateway, what, PAGE, after)).get(what);
      if (page.isEmpty()) {
        return;
      }
      for (JsonNode entry : page) {
        names.merge(entry.get(field).asText(), 1, Integer::sum);
        after = Math.max(after, entry.get("id").asLong());
      }
    }
  }
}
