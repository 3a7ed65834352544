package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class AcceptErrorFilterTest {
  private final LoggerContext context = new LoggerContext();
  private final LogConfiguration.AcceptErrorFilter filter =
      new LogConfiguration.AcceptErrorFilter();

  @Test
  void ofManyAcceptErrorsOneIsWritten() {
    Logger listener = context.getLogger("org.apache.pekko.io.TcpListener");

    assertThat(decide(listener)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(listener)).isEqualTo(FilterReply.DENY);
    assertThat(decide(context.getLogger("another"))).isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply decide(Logger logger) {
    return filter.decide(null, logger, Level.ERROR, "Accept error", null, null);
  }
}
