package dev.troupe.protocol.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which server alerts are mailed, and to whom.
 *
 * @param from the address of the sender
 * @param to the addresses of the receivers, 1 to 20
 */
public record AlertMailSettings(MailServerSettings server, String from, List<String> to) {
  private static final int MOST_RECEIVERS = 20;
  // One address without a name, and nothing that could end the line of a header.
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;:\"\\p{Cntrl}]+@[^\\s@<>,;:\"\\p{Cntrl}]+");
  private static final String ONE = "an address like ops@example.org";

  public AlertMailSettings {
    to = List.copyOf(to);
  }

  /** Null if the settings name no server. */
  static @Nullable AlertMailSettings read(Section section) {
    return Section.<@Nullable AlertMailSettings>finish(
        section,
        s -> {
          // They are no secrets, but may be blank.
          String host = s.secret("host").value();
          String from = s.secret("from").value();
          MailServerSettings server = MailServerSettings.read(s, host);
          List<String> to = s.strings("to");
          if (host.isEmpty()) {
            s.require("to", to.isEmpty(), "no addresses without a 'host'");
            return null;
          }
          s.require("from", ADDRESS.matcher(from).matches(), ONE);
          s.require(
              "to",
              !to.isEmpty()
                  && to.size() <= MOST_RECEIVERS
                  && to.stream().allMatch(address -> ADDRESS.matcher(address).matches()),
              "1 to %d addresses like ops@example.org".formatted(MOST_RECEIVERS));
          return new AlertMailSettings(server, from, to);
        });
  }
}
