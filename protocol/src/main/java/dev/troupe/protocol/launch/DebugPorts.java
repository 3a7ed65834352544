package dev.troupe.protocol.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.files.PrivateFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The slots whose processes a debugger can connect to, with their ports. The file {@code run/debug}
 * has a line for each; every launch of such a slot uses the same port.
 *
 * @param bySlot ports of 127.0.0.1
 */
public record DebugPorts(Map<String, Integer> bySlot) {
  public static final DebugPorts NONE = new DebugPorts(Map.of());

  private static final String FILE = "debug";
  private static final String AGENT = "-agentlib:jdwp=";
  private static final Pattern LINE = Pattern.compile("(\\S+) ([0-9]{1,5})");

  public DebugPorts {
    bySlot = Map.copyOf(bySlot);
  }

  /** What the file in the directory {@code run} says; a line that cannot be read is left out. */
  public static DebugPorts read(Path run) throws IOException {
    try {
      Map<String, Integer> ports = new TreeMap<>();
      for (String line : Files.readAllLines(run.resolve(FILE), UTF_8)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          ports.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
      }
      return new DebugPorts(ports);
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  /** Makes this what processes are launched with from now on. */
  public void write(Path run) throws IOException {
    if (bySlot.isEmpty()) {
      Files.deleteIfExists(run.resolve(FILE));
      return;
    }
    PrivateFile.createDirectory(run);
    String text =
        new TreeMap<>(bySlot)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    PrivateFile.write(run.resolve(FILE), text.getBytes(UTF_8));
  }

  public DebugPorts with(String slot, int port) {
    Map<String, Integer> more = new TreeMap<>(bySlot);
    more.put(slot, port);
    return new DebugPorts(more);
  }

  public DebugPorts without(String slot) {
    Map<String, Integer> fewer = new TreeMap<>(bySlot);
    fewer.remove(slot);
    return new DebugPorts(fewer);
  }

  public OptionalInt of(String slot) {
    Integer port = bySlot.get(slot);
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** The option of a JVM that listens for a debugger on {@code port}, and does not wait for it. */
  public static String jvmOption(int port) {
    return AGENT + "transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
  }

  /** Whether this process was started so that a debugger can stop its threads. */
  public static boolean isThisProcessDebuggable() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> argument.startsWith(AGENT) || argument.startsWith("-Xrunjdwp:"));
  }
}
