package dev.troupe.gateway;

import dev.troupe.node.call.CallClient;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers calls as a test says, and remembers them. */
final class FakeCalls implements CallClient {
  final List<OutboundCall> made = new CopyOnWriteArrayList<>();
  private volatile Function<OutboundCall, CompletionStage<ServiceReply>> answer =
      call -> CompletableFuture.completedStage(reply(call, ReplyStatus.OK, "{}"));

  void answer(ReplyStatus status, String json) {
    answer = call -> CompletableFuture.completedStage(reply(call, status, json));
  }

  void answer(ReplyStatus status, String json, Map<String, String> headers) {
    answer =
        call ->
            CompletableFuture.completedStage(
                new ServiceReply(0, call.requestId(), status, JsonBytes.of(json), null, headers));
  }

  void refuse(ReplyStatus status, String message) {
    refuse(status, message, Map.of());
  }

  void refuse(ReplyStatus status, @Nullable String message, Map<String, String> headers) {
    answer =
        call ->
            CompletableFuture.completedStage(
                new ServiceReply(0, call.requestId(), status, JsonBytes.EMPTY, message, headers));
  }

  void answerBy(Function<OutboundCall, CompletionStage<ServiceReply>> function) {
    answer = function;
  }

  OutboundCall last() {
    return made.get(made.size() - 1);
  }

  static ServiceReply reply(OutboundCall call, ReplyStatus status, String json) {
    return new ServiceReply(0, call.requestId(), status, JsonBytes.of(json), null);
  }

  @Override
  public CompletionStage<ServiceReply> call(OutboundCall call) {
    made.add(call);
    return answer.apply(call);
  }
}
