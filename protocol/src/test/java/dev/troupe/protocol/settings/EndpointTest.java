package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EndpointTest {
  @Test
  void anAddressOfIpv6StandsInBrackets() {
    assertThat(new Endpoint("::1", 1).hostInAddress()).isEqualTo("[::1]");
    assertThat(new Endpoint("[::1]", 1).hostInAddress()).isEqualTo("[::1]");
    assertThat(new Endpoint("127.0.0.1", 1).hostInAddress()).isEqualTo("127.0.0.1");
    assertThat(new Endpoint("localhost", 1).hostInAddress()).isEqualTo("localhost");
  }
}
