package dev.troupe.cli.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file as they are written, also after it was rotated or truncated, and passes
 * them to a receiver.
 */
public final class FollowedFile implements AutoCloseable {
  private static final int BLOCK = 16 * 1024;
  // The heap of a command is small, and the rest of so long a line helps no reader.
  static final int LONGEST_LINE = 64 * 1024;

  private final Path path;
  private final Consumer<String> receiver;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Object openFileKey;
  private long position;
  private long omittedBytes;

  public FollowedFile(Path path, Consumer<String> receiver) {
    this.path = path;
    this.receiver = receiver;
  }

  /** Passes on the last {@code count} lines. */
  public void begin(int count) throws IOException {
    open();
    if (channel != null) {
      position = Tail.positionOf(channel, 0, channel.size(), count);
    }
    more();
  }

  /** Passes on the lines that were completed since the last call; true if there was one. */
  public boolean more() throws IOException {
    if (channel == null) {
      open();
    }
    boolean any = readAdded();
    if (isReplaced()) {
      // Reads the rest of the old file first, then the new one from its start.
      any |= readAdded();
      flush();
      close();
      open();
      any |= readAdded();
    }
    return any;
  }

  /** The offset of what is read next, in bytes. */
  long position() {
    return position;
  }

  /** Passes on the last line even if it has no end yet. */
  void flush() {
    if (unfinished.size() > 0) {
      passOn();
    }
  }

  private void passOn() {
    String line = unfinished.toString(UTF_8);
    receiver.accept(omittedBytes == 0 ? line : "%s… (%d bytes more)".formatted(line, omittedBytes));
    unfinished.reset();
    omittedBytes = 0;
  }

  private void append(byte[] bytes, int start, int count) {
    int room = Math.min(count, LONGEST_LINE - unfinished.size());
    unfinished.write(bytes, start, room);
    omittedBytes += count - room;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private void open() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    channel = FileChannel.open(path, StandardOpenOption.READ);
    openFileKey = fileKey();
    position = 0;
  }

  // A file that was rotated away has another key than the new file of that name.
  private boolean isReplaced() throws IOException {
    return channel != null && Files.exists(path) && !Objects.equals(openFileKey, fileKey());
  }

  private @Nullable Object fileKey() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private boolean readAdded() throws IOException {
    if (channel == null) {
      return false;
    }
    if (channel.size() < position) {
      flush();
      position = 0;
    }
    boolean any = false;
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    int count;
    while ((count = channel.read(buffer.clear(), position)) > 0) {
      position += count;
      any |= split(buffer.array(), count);
    }
    return any;
  }

  private boolean split(byte[] bytes, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i - start);
        passOn();
        start = i + 1;
      }
    }
    append(bytes, start, count - start);
    return start > 0;
  }
}
