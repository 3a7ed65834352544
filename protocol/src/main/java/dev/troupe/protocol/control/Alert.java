package dev.troupe.protocol.control;

import java.time.Instant;
import java.util.List;

/**
 * Something that an operator should look at now.
 *
 * @param kind like {@code slot-failed}
 * @param subject a slot, a service, or {@code disk}
 * @param since when it was first seen
 * @param text in one sentence
 * @param why what {@code bin/troupe why} says of the slot, with its last lines; may be empty
 */
public record Alert(String kind, String subject, Instant since, String text, List<String> why) {
  public Alert {
    why = List.copyOf(why);
  }
}
