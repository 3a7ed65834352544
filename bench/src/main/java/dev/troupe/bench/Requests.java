package dev.troupe.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;

/** Makes the next request of a load; safe for use by several threads. */
@FunctionalInterface
interface Requests {
  /** A request and, of one that creates, the name by which the creation is found again. */
  record Next(HttpRequest request, String name) {}

  /** Longer than any answer the contract allows. */
  Duration PATIENCE = Duration.ofSeconds(30);

  Next next(long index);

  static Requests getUser(String gateway, long id) {
    HttpRequest request = to(gateway, "/users/" + id).build();
    return index -> new Next(request, "");
  }

  static Requests postUser(String gateway, boolean keyed) {
    return index -> {
      String name = "b" + UUID.randomUUID();
      HttpRequest.Builder request =
          to(gateway, "/users")
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"username\":\"%s\",\"email\":\"%s@example.com\"}".formatted(name, name)));
      if (keyed) {
        request.header("Idempotency-Key", name);
      }
      return new Next(request.build(), name);
    };
  }

  /** Three reads, then a write with a key, over and over. */
  static Requests mixed(String gateway, long id) {
    Requests read = getUser(gateway, id);
    Requests write = postUser(gateway, true);
    return index -> index % 4 == 3 ? write.next(index) : read.next(index);
  }

  private static HttpRequest.Builder to(String gateway, String path) {
    return HttpRequest.newBuilder(URI.create(gateway + path)).timeout(PATIENCE);
  }
}
