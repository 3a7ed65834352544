package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.node.health.CallCounters;
import dev.troupe.protocol.call.ReplyStatus;
import org.junit.jupiter.api.Test;

final class InFlightRequestsTest {
  private final InFlightRequests inFlight =
      new InFlightRequests("Echo-1", new InFlightRequests.Limits(2, 100, 1000), new CallCounters());

  @Test
  void aFetchHoldsItsPlaceAndItsBytesUntilItEnds() {
    inFlight.fetchBegan(60);
    assertThat(inFlight.isDrained()).isFalse();
    assertThat(inFlight.refusalOf(40)).isEmpty();
    assertThat(inFlight.refusalOf(41))
        .map(InFlightRequests.Refusal::status)
        .contains(ReplyStatus.OVERLOADED);

    inFlight.fetchBegan(0);
    assertThat(inFlight.refusalOf(0))
        .map(InFlightRequests.Refusal::reason)
        .contains("Echo-1 has 2 requests in flight (max-in-flight); try again later");

    inFlight.fetchEnded(60);
    inFlight.fetchEnded(0);
    assertThat(inFlight.refusalOf(100)).isEmpty();
    assertThat(inFlight.isDrained()).isTrue();
  }

  @Test
  void aLargeReplyHoldsItsBytesUntilItsReceiverHasIt() {
    inFlight.replyBegan(60);
    assertThat(inFlight.refusalOf(100)).as("requests have room of their own").isEmpty();
    assertThat(inFlight.refusalOfReply(40)).isEmpty();
    assertThat(inFlight.refusalOfReply(41))
        .map(InFlightRequests.Refusal::status)
        .contains(ReplyStatus.UNAVAILABLE);
    assertThat(inFlight.isDrained()).isFalse();

    inFlight.replyEnded(60);
    assertThat(inFlight.isDrained()).isTrue();
  }

  @Test
  void aRequestThatWasNeverTakenIsNotFound() {
    assertThat(inFlight.remove(7)).isNull();
    assertThat(inFlight.removeExpired()).isEmpty();
  }
}
