package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.troupe.protocol.logs.LogLine;
import dev.troupe.protocol.logs.LogQuery;
import dev.troupe.protocol.logs.LogSearch;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.service.RequestScope;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.trace.TraceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class LogConfigurationTest {
  private static final String SETTINGS =
      """
      troupe.logs.levels { "com.acme" = DEBUG, com.acme.Chatty = WARN, "org.apache.pekko.cluster" = INFO }
      troupe.services.A { class = a.A, logs.levels { "com.acme" = ERROR } }
      """;

  @TempDir private Path home;

  @AfterEach
  void closeTheFile() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  private void configure(String slot) throws IOException {
    Files.writeString(home.resolve(SettingsLoader.FILE), SETTINGS);
    Settings settings = SettingsLoader.load(home, Map.of());
    LogConfiguration.configure(settings, slot);
  }

  @Test
  void aPackageHasItsLevelInAllProcesses() throws IOException {
    configure("gateway-1");

    assertThat(LoggerFactory.getLogger("com.acme.Order").isDebugEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("com.acme.Chatty").isInfoEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger("com.other.Order").isDebugEnabled()).isFalse();
  }

  @Test
  void aServiceHasLevelsOfItsOwn() throws IOException {
    configure("A-1");

    assertThat(LoggerFactory.getLogger("com.acme.Order").isWarnEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger("com.acme.Chatty").isWarnEnabled()).isTrue();
  }

  @Test
  void aLevelThatIsSetGoesBeforeThoseThatKeepPekkoQuiet() throws IOException {
    configure("gateway-1");

    assertThat(LoggerFactory.getLogger("org.apache.pekko.cluster.Cluster").isInfoEnabled())
        .isTrue();
    assertThat(LoggerFactory.getLogger("org.apache.pekko.stream.Materializer").isWarnEnabled())
        .isFalse();
  }

  @Test
  void aLineThatIsWrittenForARequestHasItsId() throws IOException {
    configure("gateway-1");

    RequestLog.run("abc-1", () -> LoggerFactory.getLogger("com.acme.A").info("for it"));
    LoggerFactory.getLogger("com.acme.A").info("for none");

    assertThat(home.resolve("run/logs/gateway-1.log"))
        .content()
        .contains(" A - [request abc-1] for it\n", " A - for none\n");
  }

  @Test
  void aLineHasTheIdOfItsTraceToo() throws IOException {
    configure("gateway-1");

    TraceContext trace = new TraceContext(0x4bf9L << 48, 1, 2, false, false, null);
    RequestScope request = new RequestScope("abc-1", trace);
    request.run(
        () -> {
          LoggerFactory.getLogger("com.acme.A").info("for it");
          RequestLog.run("abc-2", () -> LoggerFactory.getLogger("com.acme.A").info("for another"));
          RequestLog.passedOn(() -> LoggerFactory.getLogger("com.acme.A").info("still")).run();
        });
    assertThat(MDC.get(RequestLog.TRACE_KEY)).isNull();

    assertThat(home.resolve("run/logs/gateway-1.log"))
        .content()
        .contains(
            " A - [request abc-1] [trace 4bf90000000000000000000000000001] for it\n",
            " A - [request abc-2] for another\n",
            " A - [request abc-1] [trace 4bf90000000000000000000000000001] still\n");
  }

  @Test
  void theSearchReadsWhatEitherFormatWrites() throws IOException {
    for (String format : List.of("text", "json")) {
      Files.writeString(home.resolve(SettingsLoader.FILE), "troupe.logs.format = " + format);
      LogConfiguration.configure(SettingsLoader.load(home, Map.of()), format + "-1");
      RequestLog.run(
          "r-1",
          () ->
              LoggerFactory.getLogger("com.acme.A")
                  .warn("say \"hi\"\nand \u001b[2J", new IllegalStateException("broken")));
    }

    LogSearch search = new LogSearch(home.resolve("run/logs"), ZoneId.systemDefault());
    List<LogLine> found = new ArrayList<>();
    search.each(LogQuery.ALL.containing("say \"hi\"").ofRequest("r-1"), found::add);
    assertThat(found).extracting(LogLine::slot).containsExactlyInAnyOrder("text-1", "json-1");
    assertThat(found)
        .allMatch(line -> "WARN".equals(line.level()) && "r-1".equals(line.request()))
        .allMatch(line -> line.at() != null && line.text().startsWith("say \"hi\""));
    assertThat(home.resolve("run/logs/json-1.log"))
        .content()
        .matches("\\{[^\n]*x1b\\[2J[^\n]*IllegalStateException: broken[^\n]*}\n");
  }
}
