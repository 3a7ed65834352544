package dev.troupe.service.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.settings.Settings;
import dev.troupe.protocol.settings.SettingsException;
import dev.troupe.protocol.settings.SettingsLoader;
import dev.troupe.service.storage.UnusableStorageException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * The program behind {@code bin/troupe data}: {@code export HOME [FILE]} or {@code import HOME
 * [FILE]}; without a file it uses standard output or input. No service may run meanwhile.
 */
public final class DataTool {
  private DataTool() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    try {
      Settings settings = SettingsLoader.load(Path.of(arguments[1]), System.getenv());
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
        new DataBackup(settings, System.err).from(Path.of(arguments[2]).toAbsolutePath());
      } else {
        try (BufferedReader in =
            file == null
                ? new BufferedReader(new InputStreamReader(System.in, UTF_8))
                : Files.newBufferedReader(file)) {
          new DataImport(settings, System.err).from(in);
        }
      }
      return 0;
    } catch (SettingsException | UnusableStorageException | DataException e) {
      System.err.println(e.getMessage());
    } catch (IOException | SQLException e) {
      System.err.println("%s failed: %s".formatted(arguments[0], e.getMessage()));
    }
    return 1;
  }

  // Whole or not at all: half an export looks like one.
  private static void exportTo(Path file, DataExport export)
      throws IOException, SQLException, UnusableStorageException {
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
