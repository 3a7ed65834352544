package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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
}
