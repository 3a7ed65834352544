package dev.troupe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlHostTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "::1, [::1]",
    "fe80::1, [fe80::1]",
    "2001:db8::, [2001:db8::]",
    "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]",
    "2001:0:0:1:0:0:1:1, [2001::1:0:0:1:1]",
    "2001:db8:0:1:1:1:1:10, [2001:db8:0:1:1:1:1:10]",
    "10:0:0:20:30:40:50:60, [10::20:30:40:50:60]"
  })
  void anIpv6AddressIsShortenedAndInBrackets(String address, String host)
      throws UnknownHostException {
    assertThat(UrlHost.of(InetAddress.getByName(address))).isEqualTo(host);
  }
}
