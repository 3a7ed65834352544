package dev.troupe.cli.command;

import dev.troupe.protocol.launch.DebugPorts;
import dev.troupe.protocol.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A slot that a debugger is to connect to, as the option {@code --debug SERVICE[:PORT]} names it.
 *
 * @param port of 127.0.0.1; free when this was made
 */
public record DebugTarget(String slot, int port) {
  private static final Pattern FORM = Pattern.compile("([^:]+)(?::([0-9]{1,5}))?");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @param given a slot, or a service, which stands for its first slot; and the port: none or 0 for
   *     any free one
   * @throws CommandException when there is no such service, or the port cannot be used
   */
  public static DebugTarget of(String given, Settings settings) {
    Matcher matcher = FORM.matcher(given);
    if (!matcher.matches()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--debug %s (expected: SERVICE or SERVICE:PORT, like UserService:5005)".formatted(given));
    }
    String name = matcher.group(1);
    List<String> slots =
        settings.services().stream()
            .flatMap(
                service ->
                    Stream.iterate(1, index -> index + 1)
                        .limit(service.instances())
                        .map(index -> service.name() + "-" + index))
            .toList();
    Optional<String> slot =
        slots.stream().filter(known -> known.equals(name) || known.equals(name + "-1")).findFirst();
    return new DebugTarget(
        slot.orElseThrow(
            () ->
                new CommandException(
                    ExitCode.UNKNOWN_NAME,
                    "--debug %s: there is no such slot or service. There are: %s"
                        .formatted(given, String.join(", ", slots)))),
        free(matcher.group(2)));
  }

  private static int free(@Nullable String given) {
    int wanted = given == null ? 0 : Integer.parseInt(given);
    if (wanted > HIGHEST_PORT) {
      throw new CommandException(
          ExitCode.USAGE, "port %d (expected: 0 to %d)".formatted(wanted, HIGHEST_PORT));
    }
    try (ServerSocket socket =
        new ServerSocket(wanted, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "A debugger cannot have port %d of 127.0.0.1: %s. Name another one, or none for any free one"
              .formatted(wanted, e.getMessage()));
    }
  }

  /** The option that names this target to another command. */
  public String option() {
    return slot + ":" + port;
  }

  /** What to tell who wants to connect. */
  public String text() {
    return ("%s listens for a debugger (JDWP) on 127.0.0.1:%d. Meanwhile nothing counts as a hang of"
            + " it, and no request times out")
        .formatted(slot, port);
  }

  /** The ports of all targets. */
  public static DebugPorts ports(List<DebugTarget> targets) {
    DebugPorts ports = DebugPorts.NONE;
    for (DebugTarget target : targets) {
      ports = ports.with(target.slot(), target.port());
    }
    return ports;
  }
}
