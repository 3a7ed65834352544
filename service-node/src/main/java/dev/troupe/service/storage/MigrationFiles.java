package dev.troupe.service.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Finds the migration files on the class path. Does not interpret them. */
final class MigrationFiles {
  /** A fingerprint that no files have. */
  static final int UNKNOWN = 0;

  private MigrationFiles() {}

  /**
   * Where the migrations for one engine are: in a folder of the engine's name, or, when they are
   * the same for all engines, in {@code folder} itself.
   *
   * @param engine like {@code sqlite}
   */
  static String folderFor(String engine, String folder) throws IOException {
    String own = folder + "/" + engine;
    return fingerprint(own) == UNKNOWN ? folder : own;
  }

  /**
   * A number that changes with the names and the contents of the files.
   *
   * @param folder of the class path
   * @return {@link #UNKNOWN} when there are none
   */
  static int fingerprint(String folder) throws IOException {
    SortedMap<String, Long> checksums = new TreeMap<>();
    ClassLoader ofService = Thread.currentThread().getContextClassLoader();
    for (URL url : Collections.list(ofService.getResources(folder))) {
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection jar) {
        readJar(jar, folder, checksums);
      } else {
        readDirectory(Path.of(URI.create(url.toString())), checksums);
      }
    }
    CRC32 all = new CRC32();
    all.update(checksums.toString().getBytes(StandardCharsets.UTF_8));
    return checksums.isEmpty() ? UNKNOWN : (int) all.getValue();
  }

  /**
   * The text of one of the files.
   *
   * @param name like {@code V1__notes.sql}
   * @return nothing if there is no such file
   */
  static Optional<String> text(String folder, String name) throws IOException {
    try (InputStream file =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(folder + "/" + name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void readJar(
      JarURLConnection connection, String folder, SortedMap<String, Long> checksums)
      throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      jar.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder + "/"))
          .forEach(
              entry ->
                  checksums.put(entry.getName().substring(folder.length() + 1), entry.getCrc()));
    }
  }

  private static void readDirectory(Path directory, SortedMap<String, Long> checksums)
      throws IOException {
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        checksums.put(
            directory.relativize(file).toString().replace('\\', '/'), checksum.getValue());
      }
    }
  }
}
