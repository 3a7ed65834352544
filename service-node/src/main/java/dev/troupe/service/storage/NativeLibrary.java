package dev.troupe.service.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where SQLite's native code comes from. Left alone the driver unpacks a copy per process and
 * leaves it behind when the process is killed; here all processes of a home map the same file.
 */
final class NativeLibrary {
  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String PLACE = "org.sqlite.tmpdir";
  // The value before this class sets it.
  private static final @Nullable String CHOSEN = System.getProperty(PLACE);

  private NativeLibrary() {}

  /**
   * Unpacks the library unless it exists, and loads it. Has no effect once the driver is loaded.
   *
   * @param temporary a directory of the home for what may be lost; the system property {@code
   *     org.sqlite.tmpdir} puts the library elsewhere
   * @throws UnusableStorageException when it cannot be loaded
   */
  static void prepare(Path temporary) throws UnusableStorageException {
    Path directory = CHOSEN == null ? temporary : Path.of(CHOSEN);
    System.setProperty(PLACE, directory.toString());
    String name = LibraryLoaderUtil.getNativeLibName();
    // The driver deletes files whose names begin with sqlite- from its temporary directory.
    Path folder = directory.resolve("driver-" + SQLiteJDBCLoader.getVersion());
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      Files.createDirectories(folder);
      if (packed != null && !Files.exists(folder.resolve(name))) {
        unpack(packed, folder.resolve(name));
      }
      System.setProperty("org.sqlite.lib.path", folder.toString());
    } catch (IOException e) {
      log.warn("no library in {} ({}): SQLite's driver unpacks its own", folder, e.toString());
    }
    load(folder.resolve(name));
  }

  private static void load(Path library) throws UnusableStorageException {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new UnusableStorageException(
          ("SQLite's native library %s cannot be loaded: %s. %s must be a directory that may be"
                  + " written to, on a file system that is not mounted noexec. To use another"
                  + " directory start with JAVA_TOOL_OPTIONS=-D%s=DIRECTORY")
              .formatted(library, cause(library, e), library.getParent().getParent(), PLACE),
          e);
    }
  }

  // The exception of the driver lacks the error of the operating system.
  private static String cause(Path library, Exception failure) {
    try {
      System.load(library.toAbsolutePath().toString());
    } catch (UnsatisfiedLinkError e) {
      return String.valueOf(e.getMessage()).replace(library + ": ", "");
    }
    return failure.toString();
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    Path partial = Files.createTempFile(target.getParent(), "unpacking-", ".tmp");
    try {
      Files.copy(packed, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      log.debug("another process unpacked {} first", target);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
