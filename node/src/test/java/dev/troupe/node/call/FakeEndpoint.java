package dev.troupe.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.registry.FakeInstance;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/** The endpoint of an instance, in the hands of a test. */
final class FakeEndpoint {
  private final FakeInstance instance;
  private final TestProbe<ServiceRequest> probe;
  private final ServiceRequest mark;

  FakeEndpoint(String slot, ActorTestKit kit) {
    this.probe = kit.createTestProbe(ServiceRequest.class);
    this.instance = FakeInstance.ready(slot, probe.ref());
    this.mark =
        new ServiceRequest(
            -1,
            "mark",
            "mark",
            Map.of(),
            QueryParameters.NONE,
            JsonBytes.EMPTY,
            Deadline.NEVER,
            null,
            null,
            null,
            kit.createTestProbe(ServiceReply.class).ref());
  }

  /** Ready, as a registry would show it. */
  FakeInstance ready() {
    return instance;
  }

  /** The request it gets next. */
  ServiceRequest takes() {
    return probe.receiveMessage();
  }

  /** What was sent to it until now has been taken. */
  void hasNoMore() {
    probe.ref().tell(mark);
    assertThat(probe.receiveMessage()).isEqualTo(mark);
  }

  /** It takes the next request and answers it. */
  ServiceRequest answers(ReplyStatus status) {
    ServiceRequest request = takes();
    answer(request, status);
    return request;
  }

  static void answer(ServiceRequest request, ReplyStatus status) {
    request
        .replyTo()
        .tell(
            status.isSuccess()
                ? ServiceReply.success(request, status, request.data())
                : ServiceReply.error(request, status, "from the instance"));
  }
}
