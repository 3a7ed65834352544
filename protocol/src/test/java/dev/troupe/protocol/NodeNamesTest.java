package dev.troupe.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NodeNamesTest {
  @Test
  void aSlotIsNamedAfterItsService() {
    assertThat(NodeNames.serviceOf("UserService-12")).isEqualTo("UserService");
    assertThat(NodeNames.serviceOf("gateway-1")).isEqualTo(NodeNames.GATEWAY);
  }

  @Test
  void aNameWithoutANumberIsTheServiceItself() {
    assertThat(NodeNames.serviceOf("UserService")).isEqualTo("UserService");
    assertThat(NodeNames.serviceOf("a-b")).isEqualTo("a-b");
    assertThat(NodeNames.serviceOf("a-")).isEqualTo("a-");
  }
}
