package dev.troupe.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;

/**
 * A file appender that opens its file again after a rollover that could not open it, for example
 * because the process had too many files open. The superclass would write nothing more.
 */
final class ReopeningFileAppender extends RollingFileAppender<ILoggingEvent> {
  private static final long BETWEEN_ATTEMPTS_NANOS = 1_000_000_000;

  private long lastAttempt = System.nanoTime() - BETWEEN_ATTEMPTS_NANOS;

  @Override
  protected void subAppend(ILoggingEvent event) {
    if (getOutputStream() == null) {
      reopen();
    }
    if (getOutputStream() != null) {
      super.subAppend(event);
    }
  }

  private synchronized void reopen() {
    long now = System.nanoTime();
    if (getOutputStream() != null || now - lastAttempt < BETWEEN_ATTEMPTS_NANOS) {
      return;
    }
    lastAttempt = now;
    try {
      openFile(getFile());
    } catch (IOException e) {
      addError("cannot open " + getFile() + " again", e);
    }
  }
}
