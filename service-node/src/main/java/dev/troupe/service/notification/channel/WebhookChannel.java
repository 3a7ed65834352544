package dev.troupe.service.notification.channel;

import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.webhook.Signature;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** Posts notifications to a URL, signed. Whatever is not answered with 2xx is tried again. */
final class WebhookChannel implements Channel {
  private final WebhookSettings settings;
  private final Signature signature;
  private final HttpClient client;

  WebhookChannel(WebhookSettings settings) {
    this.settings = settings;
    this.signature = new Signature(settings.secret().value());
    this.client =
        HttpClient.newBuilder()
            // Some receivers reject the header that offers HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            // The signature is for this receiver, and not for the target of a redirect.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The body of a post. */
  private record Post(String type, Instant timestamp, Data data) {
    private record Data(long id, long userId, String message) {}
  }

  @Override
  public int parallel() {
    return settings.parallel();
  }

  @Override
  public ChannelSession open() {
    return this::post;
  }

  private DeliveryResult post(OutgoingNotification delivery) {
    try {
      int status = client.send(request(delivery), BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300
          ? DeliveryResult.Delivered.INSTANCE
          : new DeliveryResult.Failed(
              "%s answered %d (expected: 2xx)".formatted(receiver(), status));
    } catch (IOException e) {
      return new DeliveryResult.Failed("%s: %s".formatted(receiver(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeliveryResult.Untried.INSTANCE;
    }
  }

  private HttpRequest request(OutgoingNotification delivery) {
    byte[] body =
        Json.write(
            new Post(
                delivery.type(),
                delivery.createdAt(),
                new Post.Data(delivery.id(), delivery.userId(), delivery.message())));
    return signature.post(
        HttpRequest.newBuilder(settings.url()).timeout(settings.timeout()), delivery.key(), body);
  }

  // Without path and query, which may hold a token.
  private String receiver() {
    return settings.url().getScheme() + "://" + settings.url().getAuthority();
  }
}
