package dev.troupe.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import dev.troupe.node.death.ConfirmedDeathFailureDetector;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.settings.LogLevel;
import dev.troupe.protocol.settings.LogLevels;
import dev.troupe.protocol.settings.LogLineFormat;
import dev.troupe.protocol.settings.LogSettings;
import dev.troupe.protocol.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Directs the log of this process to the rotated file of its slot, and silences Pekko where needed.
 */
public final class LogConfiguration {
  // Lines that are written for a request have its id, and that of its trace, before the message.
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} - %replace(%X{"
          + RequestLog.KEY
          + "}){'^(.+)$','[request $1] '}%replace(%X{"
          + RequestLog.TRACE_KEY
          + "}){'^(.+)$','[trace $1] '}%msg%n";

  // Loggers that are not to write INFO, if nobody has given them a level.
  private static final Map<String, Level> QUIETER =
      Map.of(
          // Troupe's own lines say the same in the words of an operator.
          "org.apache.pekko",
          Level.WARN,
          // A broken link to a process that has ended needs no action. RegistryActor logs a member
          // that cannot be reached.
          "org.apache.pekko.remote.artery.Association",
          Level.ERROR,
          // This logger warns of each death that the supervisor has seen, and each second of a join
          // that takes long. RegistryActor and JoinTimeout log what needs an operator.
          "org.apache.pekko.cluster.Cluster",
          Level.ERROR,
          // Heartbeats are late on a busy machine; RegistryActor and the supervisor decide what is
          // too late.
          ConfirmedDeathFailureDetector.class.getName(),
          Level.ERROR,
          // This logger warns of each stream that a shutdown ends.
          "org.apache.pekko.stream.Materializer",
          Level.ERROR);

  private LogConfiguration() {}

  public static void configure(Settings settings, String slot) {
    LogSettings logs = settings.logs();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addTurboFilter(new AcceptErrorFilter());
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(logs.level()));
    LogLevels levels = levels(settings, NodeNames.serviceOf(slot));
    if (logs.level() == LogLevel.INFO) {
      QUIETER.forEach(
          (name, level) -> {
            if (!levels.cover(name)) {
              context.getLogger(name).setLevel(level);
            }
          });
    }
    levels.byName().forEach((name, level) -> context.getLogger(name).setLevel(level(level)));
    root.addAppender(file(context, settings.logDirectory(), slot, logs));
  }

  /** The levels of packages and classes in the log of a process that hosts {@code service}. */
  public static LogLevels levels(Settings settings, String service) {
    LogLevels all = settings.logs().levels();
    return settings.service(service).map(hosted -> all.with(hosted.logLevels())).orElse(all);
  }

  private static Level level(LogLevel level) {
    return Level.toLevel(level.name());
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, Path directory, String slot, LogSettings logs) {
    Encoder<ILoggingEvent> encoder =
        logs.format() == LogLineFormat.JSON ? new JsonLineEncoder(slot) : textEncoder();
    encoder.setContext(context);
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

  private static VisibleEncoder textEncoder() {
    VisibleEncoder encoder = new VisibleEncoder();
    encoder.setCharset(UTF_8);
    encoder.setPattern(PATTERN);
    return encoder;
  }

  /**
   * Passes one of Pekko's log lines about failed accepts every ten seconds. When no file can be
   * opened, Pekko tries again at once, and would write megabytes of such lines each second.
   */
  static final class AcceptErrorFilter extends TurboFilter {
    private static final String LISTENER = "org.apache.pekko.io.TcpListener";
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        Logger logger,
        Level level,
        @Nullable String format,
        Object @Nullable [] parameters,
        @Nullable Throwable failure) {
      if (format == null || !logger.getName().equals(LISTENER)) {
        return FilterReply.NEUTRAL;
      }
      long last = lastNanos.get();
      long now = System.nanoTime();
      return now - last >= PAUSE_NANOS && lastNanos.compareAndSet(last, now)
          ? FilterReply.NEUTRAL
          : FilterReply.DENY;
    }
  }
}
