package dev.troupe.seed.alerts;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.settings.AlertMailSettings;
import dev.troupe.protocol.settings.AlertSettings;
import dev.troupe.protocol.text.VisibleText;
import dev.troupe.protocol.webhook.Signature;
import jakarta.mail.MessagingException;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends messages to the receivers of the settings. Tries again what they do not take. */
final class AlertSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 4;
  private static final int THREADS = 3;
  private static final int MOST_WAITING = 256;
  private static final int PAUSE_FACTOR = 5;

  private final AlertSettings settings;
  private final Path run;
  private final Duration firstPause;
  // Not the seed node's threads: a receiver may let each of them wait for as long as TIMEOUT.
  private final Executor threads;

  /**
   * @param run where the file is that tells where the dashboard is
   * @param firstPause before the second attempt; each pause is five times the one before it
   */
  AlertSender(AlertSettings settings, Path run, Duration firstPause) {
    this.firstPause = firstPause;
    this.settings = settings;
    this.run = run;
    this.threads = threads();
  }

  private static Executor threads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "alert-sender");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
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
    for (Receiver receiver : receivers()) {
      results.add(attempt(receiver, message, attempts, 1));
    }
    return results;
  }

  /** Somebody who gets each message. */
  private interface Receiver {
    /** Without what is secret. */
    String name();

    /**
     * Blocks.
     *
     * @return null if it was taken
     */
    @Nullable String send(AlertMessage message) throws Exception;
  }

  private List<Receiver> receivers() {
    List<Receiver> receivers = new ArrayList<>();
    if (settings.webhook() != null) {
      receivers.add(new Target("webhook", settings.webhook()));
    }
    if (settings.slack() != null) {
      receivers.add(new Target("slack", settings.slack()));
    }
    if (settings.mail() != null) {
      receivers.add(new Mailbox(settings.mail()));
    }
    return receivers;
  }

  private final class Mailbox implements Receiver {
    private final AlertMailSettings mail;

    Mailbox(AlertMailSettings mail) {
      this.mail = mail;
    }

    @Override
    public String name() {
      return "mail %s:%d".formatted(mail.server().host(), mail.server().port());
    }

    @Override
    public @Nullable String send(AlertMessage message) throws MessagingException {
      new AlertMail(mail).send(message, link(message));
      return null;
    }
  }

  private final class Target implements Receiver {
    private final String kind;
    private final URI url;

    Target(String kind, URI url) {
      this.kind = kind;
      this.url = url;
    }

    // Path and query may hold a token.
    @Override
    public String name() {
      return "%s %s://%s".formatted(kind, url.getScheme(), url.getAuthority());
    }

    @Override
    public @Nullable String send(AlertMessage message) throws IOException, InterruptedException {
      int status = client().send(request(message), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 ? null : "answered %d (expected: 2xx)".formatted(status);
    }

    private HttpRequest request(AlertMessage message) {
      String link = link(message);
      HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
      if (kind.equals("slack")) {
        return request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(message.slack(link))))
            .build();
      }
      return new Signature(settings.secret().value())
          .post(request, message.id(), Json.write(message.post(link)));
    }
  }

  // Made for each message: alerts are rare, and an idle client has threads.
  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private CompletableFuture<AlertDelivery> attempt(
      Receiver receiver, AlertMessage message, int attempts, int number) {
    return delivered(receiver, message)
        .thenCompose(
            delivery -> {
              if (delivery.problem() == null || number >= attempts) {
                return CompletableFuture.completedFuture(delivery);
              }
              Executor later =
                  CompletableFuture.delayedExecutor(
                      firstPause.toMillis() * (long) Math.pow(PAUSE_FACTOR, number - 1.0),
                      TimeUnit.MILLISECONDS,
                      Runnable::run);
              return CompletableFuture.supplyAsync(() -> number + 1, later)
                  .thenCompose(next -> attempt(receiver, message, attempts, next));
            });
  }

  private CompletableFuture<AlertDelivery> delivered(Receiver receiver, AlertMessage message) {
    try {
      return CompletableFuture.supplyAsync(() -> deliver(receiver, message), threads);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(
          new AlertDelivery(receiver.name(), MOST_WAITING + " messages wait already"));
    }
  }

  private static AlertDelivery deliver(Receiver receiver, AlertMessage message) {
    try {
      return new AlertDelivery(receiver.name(), receiver.send(message));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new AlertDelivery(receiver.name(), "interrupted");
    } catch (Exception e) {
      return new AlertDelivery(receiver.name(), VisibleText.line(e.toString()));
    }
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
