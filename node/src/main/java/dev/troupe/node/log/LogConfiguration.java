package dev.troupe.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.troupe.node.death.ConfirmedDeathFailureDetector;
import dev.troupe.protocol.settings.LogSettings;
import dev.troupe.protocol.settings.Settings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Points the log of this process to the rotated file of its slot. */
public final class LogConfiguration {
  private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";

  private LogConfiguration() {}

  public static void configure(Settings settings, String slot) {
    LogSettings logs = settings.logs();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addTurboFilter(new AcceptErrorFilter());
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(logs.level()));
    if (logs.level().equals("INFO")) {
      // Pekko tells at INFO what our own lines already say in the words of an operator.
      context.getLogger("org.apache.pekko").setLevel(Level.WARN);
      // Of a link to a process that is gone, which nobody can mend; what matters of it, that a
      // member
      // cannot be reached, the cluster says.
      context.getLogger("org.apache.pekko.remote.artery.Association").setLevel(Level.ERROR);
      // It warns of each death that the supervisor has seen, and of each second in which a member
      // does not let a new one in. RegistryActor and NodeGuardian say what matters of it.
      context.getLogger("org.apache.pekko.cluster.Cluster").setLevel(Level.ERROR);
      // A busy machine is late; the registry and the supervisor decide when that is too late.
      context.getLogger(ConfirmedDeathFailureDetector.class).setLevel(Level.ERROR);
      // It warns of each stream that a shutdown cuts off.
      context.getLogger("org.apache.pekko.stream.Materializer").setLevel(Level.ERROR);
    }
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .addAppender(file(context, settings.logDirectory(), slot, logs));
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, Path directory, String slot, LogSettings logs) {
    VisibleEncoder encoder = new VisibleEncoder();
    encoder.setContext(context);
    encoder.setCharset(UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();

    ReopeningFileAppender appender = new ReopeningFileAppender();
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(directory.resolve(slot) + ".%d{yyyy-MM-dd}.%i.log.gz");
    policy.setMaxFileSize(new FileSize(logs.maxFileBytes()));
    policy.setMaxHistory(31);
    policy.setTotalSizeCap(new FileSize(logs.totalBytes()));
    appender.setContext(context);
    appender.setFile(directory.resolve(slot + ".log").toString());
    appender.setEncoder(encoder);
    appender.setRollingPolicy(policy);
    policy.start();
    appender.start();
    return appender;
  }
}
