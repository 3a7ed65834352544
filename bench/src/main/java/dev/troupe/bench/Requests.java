package dev.troupe.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Makes the next request of a load; safe for use by several threads. */
@FunctionalInterface
interface Requests {
  /** A request and, if it creates something, the name by which that is found in the store. */
  record Next(HttpRequest request, String name) {}

  /** Longer than any answer may take. */
  Duration TIMEOUT = Duration.ofSeconds(30);

  Next next(long index);

  static Requests getUser(String gateway, long id) {
    HttpRequest request = to(gateway, "/users/" + id).build();
    return index -> new Next(request, "");
  }

  static Requests postUser(String gateway, boolean keyed) {
    return index -> {
      String name = newName();
      String body = "{\"username\":\"%s\",\"email\":\"%s@example.com\"}".formatted(name, name);
      return post(gateway, "/users", body, name, keyed);
    };
  }

  static Requests postOrder(String gateway, long user) {
    return index -> {
      String name = newName();
      String body = "{\"user_id\":%d,\"product\":\"%s\"}".formatted(user, name);
      return post(gateway, "/orders", body, name, true);
    };
  }

  static Requests postNotification(String gateway, long user) {
    return index -> {
      String name = newName();
      String body = "{\"user_id\":%d,\"message\":\"%s\"}".formatted(user, name);
      return post(gateway, "/notifications", body, name, true);
    };
  }

  /** Three reads of GreeterService, then a write with a key, again and again. */
  static Requests greetings(String gateway) {
    HttpRequest get = to(gateway, "/greetings/bench").build();
    Requests read = index -> new Next(get, "");
    Requests write =
        index -> {
          String body = "{\"name\":\"bench\"}";
          return new Next(post(gateway, "/greetings", body, newName(), true).request(), "");
        };
    return turns(List.of(write, read, read, read));
  }

  /** Three reads, then a write with a key, again and again. */
  static Requests mixed(String gateway, long id) {
    Requests read = getUser(gateway, id);
    return turns(List.of(read, read, read, postUser(gateway, true)));
  }

  /** Reads and writes in turn. The writes have keys and go to all services. */
  static Requests ofAllServices(String gateway, long user) {
    Requests read = getUser(gateway, user);
    return turns(
        List.of(
            read,
            postUser(gateway, true),
            read,
            postOrder(gateway, user),
            read,
            postNotification(gateway, user)));
  }

  /** The same requests, each on a new connection. */
  default Requests onNewConnections() {
    return index -> {
      Next next = next(index);
      HttpRequest request =
          HttpRequest.newBuilder(next.request(), (name, value) -> true)
              .header("Connection", "close")
              .build();
      return new Next(request, next.name());
    };
  }

  private static Requests turns(List<Requests> turns) {
    return index -> turns.get((int) (index % turns.size())).next(index);
  }

  private static String newName() {
    return "b" + UUID.randomUUID();
  }

  private static Next post(String gateway, String path, String body, String name, boolean keyed) {
    HttpRequest.Builder request =
        to(gateway, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (keyed) {
      request.header("Idempotency-Key", name);
    }
    return new Next(request.build(), name);
  }

  private static HttpRequest.Builder to(String gateway, String path) {
    return HttpRequest.newBuilder(URI.create(gateway + path)).timeout(TIMEOUT);
  }
}
