package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReopeningFileAppenderTest {
  @TempDir private Path directory;
  private final LoggerContext context = new LoggerContext();

  /** Puts a directory in the place of the file, so that it cannot be opened. */
  private final class Blocking extends RollingPolicyBase {
    @Override
    public void rollover() {
      try {
        Files.delete(file());
        Files.createDirectory(file());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String getActiveFileName() {
      return file().toString();
    }
  }

  private static final class Never extends TriggeringPolicyBase<ILoggingEvent> {
    @Override
    public boolean isTriggeringEvent(File active, ILoggingEvent event) {
      return false;
    }
  }

  @Test
  void itGoesOnOnceTheFileCanBeOpenedAgain() throws IOException {
    context.setMDCAdapter(new LogbackMDCAdapter());
    ReopeningFileAppender appender = appender();
    append(appender, "before");
    assertThat(file()).content().contains("before");

    appender.rollover();
    append(appender, "lost");
    Files.delete(file());
    append(appender, "too soon");
    await()
        .untilAsserted(
            () -> {
              append(appender, "after");
              assertThat(file()).isRegularFile().content().contains("after");
            });
  }

  private ReopeningFileAppender appender() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    Blocking rolling = new Blocking();
    Never never = new Never();
    ReopeningFileAppender appender = new ReopeningFileAppender();
    appender.setContext(context);
    appender.setFile(file().toString());
    appender.setEncoder(encoder);
    rolling.setParent(appender);
    rolling.start();
    never.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(never);
    appender.start();
    return appender;
  }

  private void append(ReopeningFileAppender appender, String message) {
    Logger logger = context.getLogger("test");
    appender.doAppend(new LoggingEvent("test", logger, Level.INFO, message, null, null));
  }

  private Path file() {
    return directory.resolve("a.log");
  }
}
