package dev.troupe.gateway.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a TCP port of this host. It is found on Linux only, and only if this
 * process may read the other one's entry in {@code /proc}.
 *
 * @param command the command line, shortened
 */
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int MAX_COMMAND = 160;

  static Optional<PortHolder> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      sockets.addAll(listening(PROC.resolve(table), port));
    }
    return sockets.isEmpty() ? Optional.empty() : owner(sockets);
  }

  /** The sockets that listen on the port, named like the links in {@code /proc/PID/fd}. */
  private static Set<String> listening(Path table, int port) {
    Set<String> sockets = new HashSet<>();
    String suffix = ":%04X".formatted(port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length > INODE
            && columns[LOCAL_ADDRESS].endsWith(suffix)
            && columns[STATE].equals(LISTENING)) {
          sockets.add("socket:[" + columns[INODE] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return sockets;
  }

  private static Optional<PortHolder> owner(Set<String> sockets) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holdsOneOf(sockets, process)) {
          long pid = Long.parseLong(process.getFileName().toString());
          return Optional.of(new PortHolder(pid, command(pid)));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holdsOneOf(Set<String> sockets, Path process) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (isOneOf(sockets, file)) {
          return true;
        }
      }
    } catch (IOException e) {
      // This process may not read it, or it has ended in the meantime.
      return false;
    }
    return false;
  }

  private static boolean isOneOf(Set<String> sockets, Path file) {
    try {
      return sockets.contains(Files.readSymbolicLink(file).toString());
    } catch (IOException e) {
      return false;
    }
  }

  private static String command(long pid) {
    String command =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().commandLine().or(() -> process.info().command()))
            .orElse("unknown command");
    return command.length() <= MAX_COMMAND ? command : command.substring(0, MAX_COMMAND) + "…";
  }
}
