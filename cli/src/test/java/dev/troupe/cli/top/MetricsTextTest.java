package dev.troupe.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {
  private static final String TEXT =
      """
      # TYPE http_server_request_duration_seconds histogram
      http_server_request_duration_seconds_bucket{http_request_method="GET",http_response_status_code="200",http_route="/a{b}",service="gateway",slot="gateway-1",le="0.5"} 2
      http_server_request_duration_seconds_bucket{http_request_method="GET",http_response_status_code="200",http_route="/a{b}",service="gateway",slot="gateway-1",le="+Inf"} 3
      http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/a{b}",service="gateway",slot="gateway-1"} 3
      http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="503",http_route="\\"}",service="gateway",slot="gateway-1"} 1
      http_server_request_duration_seconds_sum{http_request_method="GET",http_response_status_code="200",http_route="",service="gateway",slot="gateway-1"} 9.5
      rpc_server_call_duration_seconds_count{rpc_method="a",rpc_response_status_code="NOT_FOUND",rpc_service="A",service="A",slot="A-1"} 4
      rpc_server_call_duration_seconds_count{rpc_method="a",rpc_response_status_code="DEADLINE",rpc_service="A",service="A",slot="A-1"} 5
      process_cpu_seconds_total{service="A",slot="A-1"} 1.5
      troupe_requests_in_flight{service="A",slot="A-1"} 2.0
      troupe_slot_state{service="B",slot="B-1",state="failed"} 1.0
      """;

  @Test
  void eachSlotHasItsCounters() {
    Map<String, SlotCounters> slots = MetricsText.read(TEXT);

    assertThat(slots).containsOnlyKeys("A-1", "gateway-1");
    SlotCounters gateway = Objects.requireNonNull(slots.get("gateway-1"));
    assertThat(gateway.requests()).isEqualTo(4);
    assertThat(gateway.errors()).isEqualTo(1);
    assertThat(gateway.quantileSince(new SlotCounters(), 0.5)).isEqualTo(0.375);
    assertThat(gateway.cpuSeconds()).isNull();
    SlotCounters service = Objects.requireNonNull(slots.get("A-1"));
    assertThat(service.requests()).isEqualTo(9);
    assertThat(service.errors()).as("without what the client has done wrong").isEqualTo(5);
    assertThat(service.cpuSeconds()).isEqualTo(1.5);
    assertThat(service.inFlight()).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> MetricsText.read("process_cpu_seconds_total{slot=\"A-1\" 1.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("process_cpu_seconds_total{slot");
  }
}
