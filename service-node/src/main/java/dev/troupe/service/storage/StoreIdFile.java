package dev.troupe.service.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code NAME.store} beside {@code NAME.db}, which says that there is a store and which.
 * Without it a file that was emptied, lost or exchanged would be opened as a new store, whose ids
 * begin with 1 again: old orders would belong to new users.
 */
final class StoreIdFile {
  private final Path database;
  private final Path note;

  /**
   * @param database the file {@code NAME.db}
   */
  StoreIdFile(Path database) {
    this.database = database;
    this.note = file(database);
  }

  static Path file(Path database) {
    String name = database.getFileName().toString();
    String stem = name.endsWith(".db") ? name.substring(0, name.length() - 3) : name;
    return database.resolveSibling(stem + ".store");
  }

  Optional<String> read() throws IOException {
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(note, StandardCharsets.UTF_8);
    return lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).findFirst();
  }

  /**
   * To be asked before the file is opened, since opening creates it.
   *
   * @throws UnusableStorageException when a store was noted and the file has nothing in it
   */
  void requireContent() throws IOException, UnusableStorageException {
    if (read().isEmpty() || (Files.exists(database) && Files.size(database) > 0)) {
      return;
    }
    String state = Files.exists(database) ? "is empty" : "is missing";
    throw refused(state + ", but there was a store in it");
  }

  /**
   * To be asked before anything is written to the file.
   *
   * @param found the id in the file, if it has one
   * @param own whether the file is a store of this service at all
   * @return the id that the store has, or is to get
   * @throws UnusableStorageException when another store was noted
   */
  String identify(Optional<String> found, boolean own)
      throws IOException, UnusableStorageException {
    Optional<String> noted = read();
    if (noted.isEmpty()) {
      return found.orElseGet(() -> UUID.randomUUID().toString());
    }
    // A backup by an earlier version has no id: the tables of the service must do.
    if (found.equals(noted) || (found.isEmpty() && own)) {
      return noted.get();
    }
    throw refused("holds another store than the one that was in it");
  }

  void write(String id) throws IOException {
    if (read().equals(Optional.of(id))) {
      return;
    }
    String text =
        "# Says which store is in %s. While this file is here, no other and no empty one is opened.%n%s%n"
            .formatted(database.getFileName(), id);
    Path partial = note.resolveSibling(note.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(partial, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private UnusableStorageException refused(String why) {
    return new UnusableStorageException(
        ("%s %s (%s says so), and was left as it is. Stop the cluster and restore a backup with"
                + " bin/troupe data restore, or put the right file back. To begin with an empty"
                + " store instead, move %s and %s away")
            .formatted(database, why, note, database.getFileName(), note.getFileName()));
  }
}
