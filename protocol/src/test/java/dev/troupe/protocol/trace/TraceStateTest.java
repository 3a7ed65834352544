package dev.troupe.protocol.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceStateTest {
  @Test
  void aLegalListIsKeptWithoutEmptyMembers() {
    assertThat(TraceState.legal(" a=1 ,,\tb@c=x y!,")).isEqualTo("a=1,b@c=x y!");
    assertThat(TraceState.legal(" , ")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=1", "A=1", "a=", "a=1=2", "a=ü", "a=1;b=2,c", "@a=1", "a=\u0001"})
  void aMalformedListIsDropped(String given) {
    assertThat(TraceState.legal(given)).isNull();
  }

  @Test
  void aListOfTooManyMembersIsDropped() {
    assertThat(TraceState.legal(members(32))).isEqualTo(members(32));
    assertThat(TraceState.legal(members(33))).isNull();
    assertThat(TraceState.legal("a=1,".repeat(1_000_000))).isNull();
  }

  private static String members(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
  }

  @Test
  void longMembersAreDroppedFirstAndThenTheOldest() {
    String longOne = "long=" + "x".repeat(200);
    String middle = "m=" + "y".repeat(100);

    assertThat(TraceState.legal("a=1," + longOne + "," + longOne + ",b=2"))
        .as("512 characters are not reached")
        .isEqualTo("a=1," + longOne + "," + longOne + ",b=2");
    assertThat(TraceState.legal("a=1," + longOne + "," + longOne + "," + middle + ",b=2"))
        .isEqualTo("a=1," + longOne + "," + middle + ",b=2");
    assertThat(TraceState.legal((middle + ",").repeat(6)))
        .isEqualTo(middle + "," + middle + "," + middle + "," + middle);
  }
}
