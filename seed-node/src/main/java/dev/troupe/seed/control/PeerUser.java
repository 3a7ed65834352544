package dev.troupe.seed.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Tells which user of this machine has opened a connection, where the system shows its table of
 * sockets ({@code /proc/net/tcp}).
 */
final class PeerUser {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;

  private PeerUser() {}

  /**
   * The user whose socket is at {@code peer} and connected to {@code self}; blocks for a moment.
   */
  static OptionalInt of(InetSocketAddress peer, InetSocketAddress self) {
    for (Path table : TABLES) {
      try {
        OptionalInt user = in(Files.readString(table, US_ASCII), peer, self);
        if (user.isPresent()) {
          return user;
        }
      } catch (IOException notShown) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** The user of this process. */
  static OptionalInt self() {
    try {
      return OptionalInt.of((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return OptionalInt.empty();
    }
  }

  static OptionalInt in(String table, InetSocketAddress peer, InetSocketAddress self) {
    return table
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > USER)
        .filter(fields -> isAt(fields[LOCAL], peer) && isAt(fields[REMOTE], self))
        .mapToInt(fields -> Integer.parseInt(fields[USER]))
        .findFirst();
  }

  // A field looks like 0100007F:1F90. The table of IPv6 shows an IPv4 address as a longer address
  // that ends with it.
  private static boolean isAt(String field, InetSocketAddress address) {
    return field.endsWith(":%04X".formatted(address.getPort()))
        && field.substring(0, field.length() - 5).endsWith(hexWords(address.getAddress()));
  }

  private static String hexWords(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder words = new StringBuilder();
    for (int word = 0; word < bytes.length; word += 4) {
      for (int i = 3; i >= 0; i--) {
        words.append(String.format(Locale.ROOT, "%02X", bytes[word + i]));
      }
    }
    return words.toString();
  }
}
