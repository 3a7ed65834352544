package dev.troupe.cli.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Sends a few requests of each kind, so that processes load the classes that answer them. */
final class TrainingRequests {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final String gateway;

  TrainingRequests(String gateway) {
    this.gateway = gateway;
  }

  /**
   * @throws IOException when an answer has another status than expected
   */
  void send() throws IOException {
    post("/users", "{\"username\":\"ada\",\"email\":\"ada@example.com\"}", 201);
    post("/users", "{\"username\":\"ada\",\"email\":\"ada@example.com\"}", 409);
    post("/users", "{\"username\":7}", 400);
    get("/users/1", 200);
    get("/users", 200);
    get("/users/2", 404);
    post("/orders", "{\"user_id\":1,\"product\":\"Book\"}", 201);
    post("/orders", "{\"user_id\":2,\"product\":\"Book\"}", 422);
    get("/orders/1", 200);
    get("/orders", 200);
    post("/notifications", "{\"user_id\":1,\"message\":\"hello\"}", 202);
    get("/notifications/1", 200);
    get("/", 200);
    get("/health", 200);
    get("/services", 200);
    get("/cluster", 200);
    get("/nowhere", 404);
  }

  private void get(String path, int expected) throws IOException {
    expect(open(path), "GET " + path, expected);
  }

  private void post(String path, String body, int expected) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(UTF_8));
    }
    expect(connection, "POST " + path, expected);
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(gateway + path).openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return connection;
  }

  private static void expect(HttpURLConnection connection, String what, int expected)
      throws IOException {
    int code = connection.getResponseCode();
    try (InputStream body =
        code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String text = body == null ? "" : new String(body.readAllBytes(), UTF_8);
      if (code != expected) {
        throw new IOException(
            "%s was answered with %d (expected: %d): %s".formatted(what, code, expected, text));
      }
    }
  }
}
