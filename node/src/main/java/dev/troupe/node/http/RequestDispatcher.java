package dev.troupe.node.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.Connection;

/**
 * Hands the requests of all connections of a server to its handler: pipelined ones in turn, and
 * each large reply only if there is memory for it. Thread-safe.
 */
final class RequestDispatcher {
  // The buffer of the socket takes smaller replies at once, so they need no budget.
  private static final int LARGE_REPLY = 32 << 10;
  private static final HttpHeader CLOSE = Connection.create("close");

  private final PipelineScheduler pipelined;
  private final ConnectionMemory memory;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final HttpListener.Fallback noRoom;
  private volatile boolean draining;

  RequestDispatcher(
      ConnectionLimits limits,
      ConnectionMemory memory,
      Executor executor,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler,
      HttpListener.Fallback noRoom) {
    this.pipelined = new PipelineScheduler(limits.maxPipelined(), executor);
    this.memory = memory;
    this.handler = handler;
    this.noRoom = noRoom;
  }

  /** From now on each reply tells its client that the connection closes after it. */
  void closeAfterReplies() {
    draining = true;
  }

  CompletionStage<HttpResponse> dispatch(ClientConnection connection, HttpRequest request) {
    if (!connection.onRequest()) {
      return handle(connection, request);
    }
    return pipelined.run(
        connection::isClosed,
        () -> {
          connection.onDequeued();
          return handle(connection, request);
        });
  }

  private CompletionStage<HttpResponse> handle(ClientConnection connection, HttpRequest request) {
    HttpRequest withAddress =
        request.addAttribute(
            AttributeKeys.remoteAddress, RemoteAddress.create(connection.address()));
    if (!request.entity().isStrict()) {
      withAddress =
          withAddress.addAttribute(HttpListener.BODY_STREAMED, connection::onBodyStreamed);
    }
    return handler.apply(withAddress).thenApply(response -> bounded(connection, request, response));
  }

  private HttpResponse bounded(
      ClientConnection connection, HttpRequest request, HttpResponse response) {
    HttpResponse reply = response;
    long heldBytes = 0;
    ClientConnection.ReplyKind kind = kind(reply);
    if (reply.entity() instanceof HttpEntity.Strict strict
        && strict.getData().size() > LARGE_REPLY) {
      heldBytes = strict.getData().size();
      if (!memory.acquireReply(heldBytes)) {
        heldBytes = 0;
        reply = noRoom.apply(request, response);
      }
    }
    connection.onReply(kind, heldBytes);
    if (connection.isClosed()) {
      // Nobody reads this reply, and the release at the end of the connection may have been before.
      memory.releaseReply(connection);
    }
    return draining || kind != ClientConnection.ReplyKind.WHOLE ? reply.addHeader(CLOSE) : reply;
  }

  private static ClientConnection.ReplyKind kind(HttpResponse reply) {
    if (reply.entity() instanceof HttpEntity.Strict) {
      return ClientConnection.ReplyKind.WHOLE;
    }
    return reply.getAttribute(HttpListener.STREAM).isPresent()
        ? ClientConnection.ReplyKind.STREAM
        : ClientConnection.ReplyKind.LINGERING;
  }
}
