package dev.troupe.it;

import dev.troupe.it.contract.GatewayContract;
import dev.troupe.it.contract.OpenApiContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A REST client as somebody outside would write it. It compares each answer of a gateway with the
 * description that the gateway gives of itself.
 */
final class Client {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http;
  private final String base;
  private final @Nullable GatewayContract contract;

  private Client(String base, HttpClient http, @Nullable GatewayContract contract) {
    this.base = base;
    this.http = http;
    this.contract = contract;
  }

  /** A client of a gateway. */
  static Client ofGateway(String base) {
    HttpClient http = newConnections();
    return new Client(base, http, GatewayContract.of(base, http));
  }

  /** A client of the management listener, which has no such description. */
  static Client ofManagement(String base, HttpClient http) {
    return new Client(base, http, null);
  }

  static HttpClient newConnections() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .build();
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Sends {@code json} with a method other than POST, and with headers as name, value, … */
  Answer send(String method, String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpRequest sent = request.build();
      HttpResponse<String> response = http.send(sent, BodyHandlers.ofString());
      if (contract != null) {
        contract.check(sent, response);
      }
      return Answer.of(response);
    } catch (IOException e) {
      throw new AssertionError("no answer from " + base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the gateway promises now. */
  OpenApiContract contract() {
    return Objects.requireNonNull(contract, "the management listener promises nothing").newest();
  }
}
