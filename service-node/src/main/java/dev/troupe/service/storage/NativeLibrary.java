package dev.troupe.service.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private NativeLibrary() {}

  /**
   * Unpacks it unless it is there. Has no effect once the driver is loaded.
   *
   * @param directory of the home, for what may be lost
   */
  static void prepare(Path directory) {
    System.setProperty("org.sqlite.tmpdir", directory.toString());
    String name = LibraryLoaderUtil.getNativeLibName();
    // The driver deletes what begins with sqlite- from its temporary directory.
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
