package dev.troupe.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ServiceRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2::1, 2001:db8:1:2:0:0:0:0/64",
    "::1, 0:0:0:0:0:0:0:0/64"
  })
  void whoeverHasANetworkOfIpv6IsOneClient(String address, String client)
      throws UnknownHostException {
    assertThat(ClientAddress.of(InetAddress.getByName(address)))
        .isEqualTo(client)
        .hasSizeLessThan(ServiceRequest.LONGEST_CLIENT);
  }

  @Test
  void aRequestWithoutAnAddressIsOfNobody() {
    assertThat(ClientAddress.of(HttpRequest.GET("/"))).isNull();
  }
}
