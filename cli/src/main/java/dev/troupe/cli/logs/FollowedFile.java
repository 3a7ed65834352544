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

/** Gives the lines of a file as they are written, also after it was rotated or truncated. */
public final class FollowedFile implements AutoCloseable {
  private static final int BLOCK = 16 * 1024;
  // The launcher has a small heap, and no reader wants more of one line.
  static final int LONGEST_LINE = 64 * 1024;

  private final Path path;
  private final Consumer<String> receiver;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private long position;
  private long leftOut;

  public FollowedFile(Path path, Consumer<String> receiver) {
    this.path = path;
    this.receiver = receiver;
  }

  /** Begins with the last {@code count} lines there are. */
  public void begin(int count) throws IOException {
    open();
    if (channel != null) {
      position = Tail.positionOf(channel, 0, channel.size(), count);
    }
    more();
  }

  /** Gives all lines completed since the last call; true if there was any. */
  public boolean more() throws IOException {
    if (channel == null) {
      open();
    }
    boolean any = readOn();
    if (isReplaced()) {
      // First what was still written into the old file, then the new one from its start.
      any |= readOn();
      flush();
      close();
      open();
      any |= readOn();
    }
    return any;
  }

  /** Gives the last line even if it has no end. */
  void flush() {
    if (unfinished.size() > 0) {
      give();
    }
  }

  private void give() {
    String line = unfinished.toString(UTF_8);
    receiver.accept(leftOut == 0 ? line : "%s… (%d bytes more)".formatted(line, leftOut));
    unfinished.reset();
    leftOut = 0;
  }

  private void append(byte[] bytes, int start, int count) {
    int room = Math.min(count, LONGEST_LINE - unfinished.size());
    unfinished.write(bytes, start, room);
    leftOut += count - room;
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
    key = fileKey();
    position = 0;
  }

  private boolean isReplaced() throws IOException {
    return channel != null && Files.exists(path) && !Objects.equals(key, fileKey());
  }

  private @Nullable Object fileKey() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private boolean readOn() throws IOException {
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
        give();
        start = i + 1;
      }
    }
    append(bytes, start, count - start);
    return start > 0;
  }
}
