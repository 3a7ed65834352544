package dev.troupe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A cluster of the built product in a home of its own, on free ports. */
final class Product implements AutoCloseable {
  private static final int PAGE = 100;
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Path checkout;
  private final Path home;
  private final HttpClient client = HttpClient.newHttpClient();

  private Product(Path checkout, Path home) {
    this.checkout = checkout;
    this.home = home;
  }

  static Product start(Path checkout, Path home, String settings) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("application.conf"), settings);
    Product product = new Product(checkout, home);
    product.troupe("up", "-d");
    return product;
  }

  /**
   * Runs {@code bin/troupe} for this cluster.
   *
   * @throws IllegalStateException with what it printed, if it failed
   */
  String troupe(String... arguments) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("bin/troupe").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", home.toString()));
    return run(command);
  }

  ClusterStatus status() {
    try {
      return Json.MAPPER.readValue(troupe("status", "--json"), ClusterStatus.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String gateway() {
    return "" + await("a gateway", status -> status.gateway() != null).gateway();
  }

  long pid(String slot) {
    return status().slots().stream()
        .filter(known -> known.slot().equals(slot))
        .map(SlotStatus::pid)
        .findFirst()
        .orElseThrow();
  }

  /** Of all processes, by slot. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new TreeMap<>();
    status().slots().forEach(slot -> pids.put(slot.slot(), slot.pid()));
    return pids;
  }

  void signal(String signal, String slot) {
    run(List.of("kill", "-" + signal, Long.toString(pid(slot))));
  }

  /** Waits until every slot runs again. */
  void awaitWhole() {
    await(
        "all slots running",
        status -> status.slots().stream().allMatch(slot -> slot.state() == SlotState.RUNNING));
  }

  long createUser(String name) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway() + "/users"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"username\":\"%s\",\"email\":\"a@example.com\"}".formatted(name)))
            .build();
    return send(request).at("/user/id").asLong();
  }

  /** How often each user name is stored. */
  Map<String, Integer> storedUsers() {
    Map<String, Integer> stored = new HashMap<>();
    long after = 0;
    while (true) {
      JsonNode users =
          send(HttpRequest.newBuilder(
                      URI.create(gateway() + "/users?limit=" + PAGE + "&after=" + after))
                  .build())
              .get("users");
      if (users.isEmpty()) {
        return stored;
      }
      for (JsonNode user : users) {
        stored.merge(user.get("username").asText(), 1, Integer::sum);
        after = Math.max(after, user.get("id").asLong());
      }
    }
  }

  @Override
  public void close() {
    troupe("down");
  }

  private ClusterStatus await(String what, Predicate<ClusterStatus> condition) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < end) {
      Optional<ClusterStatus> status = statusUnlessSeedIsAway();
      if (status.filter(condition).isPresent()) {
        return status.get();
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
    throw new IllegalStateException("waited in vain for " + what);
  }

  private Optional<ClusterStatus> statusUnlessSeedIsAway() {
    try {
      return Optional.of(status());
    } catch (IllegalStateException away) {
      return Optional.empty();
    }
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            request.uri() + " answered " + new String(answer.body(), UTF_8));
      }
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(Map.of("GATEWAY_PORT", "0", "TROUPE_NO_BUILD", "1"));
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
