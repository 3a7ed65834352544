package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a version of a service, beside its jars. A file in the directory of the version
 * holds it.
 *
 * @param takenAt when the jars were taken in
 * @param from where the jars were then, for people to read
 * @param stated the version that the service states of itself; empty if nobody has asked it
 * @param sizes of the jars in bytes, by their names
 */
public record ServiceVersion(
    Instant takenAt, String from, String stated, SortedMap<String, Long> sizes) {
  /** The file in the directory of the version. */
  public static final String FILE = "version.properties";

  private static final String TAKEN = "taken";
  private static final String FROM = "from";
  private static final String STATED = "stated";
  private static final String SIZE = "size.";

  public ServiceVersion {
    sizes = new TreeMap<>(sizes);
  }

  /**
   * @throws IOException when there is no such file, or it is damaged
   */
  static ServiceVersion read(Path directory) throws IOException {
    Properties read = new Properties();
    try (Reader file = Files.newBufferedReader(directory.resolve(FILE), UTF_8)) {
      read.load(file);
      SortedMap<String, Long> sizes = new TreeMap<>();
      for (String name : read.stringPropertyNames()) {
        if (name.startsWith(SIZE)) {
          sizes.put(name.substring(SIZE.length()), Long.valueOf(read.getProperty(name)));
        }
      }
      return new ServiceVersion(
          Instant.parse(read.getProperty(TAKEN, "")),
          read.getProperty(FROM, ""),
          read.getProperty(STATED, ""),
          sizes);
    } catch (NoSuchFileException e) {
      throw new IOException("its file %s is missing".formatted(FILE), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("its file %s is damaged: %s".formatted(FILE, e.getMessage()), e);
    }
  }

  /** The content of the file. */
  public byte[] bytes() throws IOException {
    Properties written = new Properties();
    written.setProperty(TAKEN, takenAt.toString());
    written.setProperty(FROM, from);
    written.setProperty(STATED, stated);
    for (Map.Entry<String, Long> size : sizes.entrySet()) {
      written.setProperty(SIZE + size.getKey(), size.getValue().toString());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.store(bytes, null);
    return bytes.toByteArray();
  }
}
