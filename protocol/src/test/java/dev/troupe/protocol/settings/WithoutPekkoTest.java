package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher reads the settings too, and starts at once because it loads no Pekko. */
final class WithoutPekkoTest {
  /** Knows the class path of this test but for Pekko and Scala. */
  private static final class Launcher extends URLClassLoader {
    Launcher() {
      super(
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !entry.contains("pekko") && !entry.contains("scala"))
              .map(Launcher::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void settingsAreReadWhereThereIsNoPekko(@TempDir Path home) throws Exception {
    Files.writeString(home.resolve("application.conf"), "troupe.services.A.class = a.A");
    try (Launcher launcher = new Launcher()) {
      Object settings =
          launcher
              .loadClass(SettingsLoader.class.getName())
              .getMethod("load", Path.class, Map.class)
              .invoke(null, home, Map.of());

      assertThat(settings.getClass()).isNotEqualTo(Settings.class);
      assertThat(settings.toString()).contains("ServiceSettings[name=A, className=a.A");
    }
  }
}
