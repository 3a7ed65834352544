package dev.troupe.service.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.protocol.settings.SettingsSnapshot;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The program behind {@code bin/troupe data}: {@code export HOME [FILE]} or {@code import HOME
 * [FILE]}, which without a file use standard output or input; {@code backup HOME DIRECTORY} or
 * {@code restore HOME DIRECTORY}. No service may run meanwhile, except for a backup.
 */
public final class DataTool {
  // The exit codes of bin/troupe.
  private static final int FAILED = 1;
  private static final int BAD_SETTINGS = 5;

  private DataTool() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    try {
      Settings settings = settings(arguments[0], Path.of(arguments[1]));
      Path file = arguments.length > 2 ? Path.of(arguments[2]).toAbsolutePath() : null;
      if (arguments[0].equals("export")) {
        DataExport export = new DataExport(settings, System.err);
        if (file == null) {
          Writer out = new BufferedWriter(new OutputStreamWriter(System.out, UTF_8));
          export.to(out);
          out.flush();
        } else {
          exportTo(file, export);
        }
      } else if (arguments[0].equals("backup")) {
        new DataBackup(settings, System.err).to(Path.of(arguments[2]).toAbsolutePath());
      } else if (arguments[0].equals("restore")) {
        new DataRestore(settings, System.err).from(Path.of(arguments[2]).toAbsolutePath());
      } else {
        try (BufferedReader in =
            file == null
                ? new BufferedReader(new InputStreamReader(System.in, UTF_8))
                : Files.newBufferedReader(file)) {
          new DataImport(settings, System.err).from(in);
        }
      }
      return 0;
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return BAD_SETTINGS;
    } catch (UnusableStorageException | DataException e) {
      System.err.println(e.getMessage());
    } catch (FileSystemException e) {
      System.err.println("%s failed: %s".formatted(arguments[0], text(e)));
    } catch (IOException | SQLException e) {
      System.err.println("%s failed: %s".formatted(arguments[0], e.getMessage()));
    }
    return FAILED;
  }

  // A running cluster uses the settings of its start, whatever the file says now.
  private static Settings settings(String direction, Path home) {
    return (direction.equals("backup")
            ? SettingsSnapshot.find(home).map(SettingsSnapshot::settings)
            : Optional.<Settings>empty())
        .orElseGet(() -> SettingsLoader.load(home, System.getenv()));
  }

  // The message of the exception may be only the name of a file.
  private static String text(FileSystemException e) {
    String reason = e.getReason();
    return "%s: %s".formatted(e.getFile(), reason == null ? e.getClass().getSimpleName() : reason);
  }

  // All or nothing: half an export would look like a whole one.
  private static void exportTo(Path file, DataExport export)
      throws IOException, SQLException, UnusableStorageException, DataException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (Writer out = Files.newBufferedWriter(partial)) {
        export.to(out);
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
