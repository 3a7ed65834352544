package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@link ServiceDescription#ACTION}. The text is made for the first request, not at the
 * start, which would take longer, and not on the thread of the other requests. For one thread.
 */
final class DescriptionReplies {
  private static final Logger log = LoggerFactory.getLogger(DescriptionReplies.class);

  private final Supplier<JsonBytes> text;
  private @Nullable CompletableFuture<JsonBytes> made;

  DescriptionReplies(Supplier<JsonBytes> text) {
    this.text = text;
  }

  void answer(ServiceRequest request) {
    CompletableFuture<JsonBytes> description = made;
    if (description == null) {
      description = CompletableFuture.supplyAsync(text);
      made = description;
    }
    var unused =
        description.whenComplete(
            (bytes, failure) -> request.replyTo().tell(reply(request, bytes, failure)));
  }

  private static ServiceReply reply(
      ServiceRequest request, @Nullable JsonBytes bytes, @Nullable Throwable failure) {
    if (bytes == null) {
      log.error("the actions cannot be described in OpenAPI", failure);
      return ServiceReply.error(request, ReplyStatus.FAILED, "the description cannot be made");
    }
    return new ServiceReply(
        request.correlationId(), request.requestId(), ReplyStatus.OK, bytes, null);
  }
}
