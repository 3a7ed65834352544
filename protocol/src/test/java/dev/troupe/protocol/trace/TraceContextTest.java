package dev.troupe.protocol.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @ParameterizedTest
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, false",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff, true",
    "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more-of-a-later-version, true"
  })
  void aTraceOfAClientGoesOn(String traceparent, boolean sampled) {
    TraceContext trace = TraceContext.parse(traceparent, "acme=1");

    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.sampled()).isEqualTo(sampled);
    assertThat(trace.state()).isEqualTo("acme=1");
    assertThat(trace.traceparent())
        .isEqualTo("00-" + TRACE + "-" + SPAN + (sampled ? "-01" : "-00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "0X-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c8031ü9-b7ad6b7169203331-01"
      })
  void whatIsMalformedBeginsNoTrace(String traceparent) {
    assertThat(TraceContext.parse(traceparent, null)).isNull();
  }

  @Test
  void aNewTraceHasIdsOfItsOwn() {
    TraceContext trace = TraceContext.begin();

    assertThat(TraceContext.parse(trace.traceparent(), null)).isEqualTo(trace);
    assertThat(TraceContext.begin().traceId()).isNotEqualTo(trace.traceId());
    assertThat(trace.keep().traceparent()).endsWith("-01");
    assertThat(trace.at(7).traceparent())
        .isEqualTo("00-" + trace.traceId() + "-0000000000000007-00");
  }
}
