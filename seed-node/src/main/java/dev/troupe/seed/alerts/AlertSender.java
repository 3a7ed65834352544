package dev.troupe.seed.alerts;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.AlertSettings;
import dev.troupe.protocol.webhook.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Posts messages to the receivers of the settings. Tries again what is not answered with 2xx. */
final class AlertSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 4;
  private static final int PAUSE_FACTOR = 5;

  private final AlertSettings settings;
  private final Path run;
  private final Duration firstPause;
  private final Executor blocking;

  /**
   * @param run where the file is that tells where the dashboard is
   * @param firstPause before the second attempt; each pause is five times the one before it
   */
  AlertSender(AlertSettings settings, Path run, Duration firstPause, Executor blocking) {
    this.firstPause = firstPause;
    this.settings = settings;
    this.run = run;
    this.blocking = blocking;
  }

  /** For each receiver: completes after the last attempt. */
  List<CompletableFuture<AlertDelivery>> send(AlertMessage message) {
    return send(message, ATTEMPTS);
  }

  /** For each receiver: completes after the only attempt. */
  List<CompletableFuture<AlertDelivery>> sendOnce(AlertMessage message) {
    return send(message, 1);
  }

  private List<CompletableFuture<AlertDelivery>> send(AlertMessage message, int attempts) {
    List<CompletableFuture<AlertDelivery>> results = new ArrayList<>();
    for (Target target : targets()) {
      results.add(
          CompletableFuture.supplyAsync(this::client, blocking)
              .thenCompose(client -> attempt(client, target, message, attempts, 1))
              .exceptionally(failure -> new AlertDelivery(target.name(), failure.toString())));
    }
    return results;
  }

  private record Target(String kind, URI url) {
    // Path and query may hold a token.
    String name() {
      return "%s %s://%s".formatted(kind, url.getScheme(), url.getAuthority());
    }
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    if (settings.webhook() != null) {
      targets.add(new Target("webhook", settings.webhook()));
    }
    if (settings.slack() != null) {
      targets.add(new Target("slack", settings.slack()));
    }
    return targets;
  }

  // Made for each message: alerts are rare, and an idle client has threads.
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private CompletableFuture<AlertDelivery> attempt(
      HttpClient client, Target target, AlertMessage message, int attempts, int number) {
    return CompletableFuture.supplyAsync(() -> request(target, message), blocking)
        .thenCompose(request -> client.sendAsync(request, BodyHandlers.discarding()))
        .handle(
            (response, failure) ->
                new AlertDelivery(
                    target.name(),
                    failure == null ? problem(response.statusCode()) : cause(failure)))
        .thenCompose(
            delivery -> {
              if (delivery.problem() == null || number >= attempts) {
                return CompletableFuture.completedFuture(delivery);
              }
              Executor later =
                  CompletableFuture.delayedExecutor(
                      firstPause.toMillis() * (long) Math.pow(PAUSE_FACTOR, number - 1.0),
                      TimeUnit.MILLISECONDS,
                      blocking);
              return CompletableFuture.supplyAsync(() -> number + 1, later)
                  .thenCompose(next -> attempt(client, target, message, attempts, next));
            });
  }

  private static @Nullable String problem(int status) {
    return status / 100 == 2 ? null : "answered %d (expected: 2xx)".formatted(status);
  }

  private static String cause(Throwable failure) {
    return String.valueOf(failure.getCause() == null ? failure : failure.getCause());
  }

  private HttpRequest request(Target target, AlertMessage message) {
    String link = link(message);
    HttpRequest.Builder request = HttpRequest.newBuilder(target.url()).timeout(TIMEOUT);
    if (target.kind().equals("slack")) {
      return request
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofByteArray(Json.write(message.slack(link))))
          .build();
    }
    return new Signature(settings.secret().value())
        .post(request, message.id(), Json.write(message.post(link)));
  }

  private String link(AlertMessage message) {
    try {
      ControlFile file = ControlFile.read(run);
      String subject = message.alert().subject();
      boolean isSlot = !NodeNames.serviceOf(subject).equals(subject);
      return file.url() + (isSlot ? "/ui/slots/" + subject : "/ui/");
    } catch (IOException unreadable) {
      return "";
    }
  }
}
