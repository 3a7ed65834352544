package dev.troupe.cli.deploy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks at all bytes of jars. */
final class JarContent {
  private static final int HASH_CHARACTERS = 16;
  private static final int BUFFER = 1 << 16;

  private JarContent() {}

  /** A hash of the names and contents of {@code jars}, which are sorted by name. */
  static String hash(List<Path> jars) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[BUFFER];
    for (Path jar : jars) {
      byte[] name = jar.getFileName().toString().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
      digest.update(name);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(Files.size(jar)).flip());
      try (InputStream content = Files.newInputStream(jar)) {
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
  }

  /**
   * Reads every entry of the jar.
   *
   * @throws IOException when it is not whole; the message says why and what to do
   */
  static void requireWhole(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        requireWhole(file, entry);
      }
    } catch (IOException e) {
      throw new IOException(
          "%s is not a whole jar (%d bytes): %s. Build or copy it again"
              .formatted(jar, Files.size(jar), e.getMessage()),
          e);
    }
  }

  private static void requireWhole(ZipFile file, ZipEntry entry) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream content =
        new CheckedInputStream(new BufferedInputStream(file.getInputStream(entry), BUFFER), sum)) {
      content.skipNBytes(Math.max(0, entry.getSize()));
    } catch (EOFException e) {
      throw new IOException("its entry %s ends too early".formatted(entry.getName()), e);
    }
    if (entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
      throw new IOException("its entry %s has a wrong checksum".formatted(entry.getName()));
    }
  }
}
