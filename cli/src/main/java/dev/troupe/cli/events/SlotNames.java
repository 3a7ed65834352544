package dev.troupe.cli.events;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.protocol.settings.DidYouMean;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The slots of a home, and what somebody may have meant by a name. */
final class SlotNames {
  private final TreeSet<String> slots;

  SlotNames(Collection<String> slots) {
    this.slots = new TreeSet<>(slots);
  }

  static boolean isOf(String slot, String slotOrService) {
    return slot.equals(slotOrService) || service(slot).equals(slotOrService);
  }

  /**
   * The slots {@code slotOrService} means, one at the least.
   *
   * @throws CommandException when it means none, naming what comes near it
   */
  List<String> slotsOf(String slotOrService) {
    List<String> meant = slots.stream().filter(slot -> isOf(slot, slotOrService)).toList();
    if (!meant.isEmpty()) {
      return meant;
    }
    List<String> all =
        slots.stream().flatMap(slot -> Stream.of(slot, service(slot))).distinct().toList();
    throw new CommandException(
        ExitCode.UNKNOWN_NAME,
        "There is no slot or service '%s'%s There are: %s"
            .formatted(
                slotOrService,
                DidYouMean.to(slotOrService, all)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("."),
                String.join(", ", slots)));
  }

  /**
   * The one slot {@code slotOrService} means.
   *
   * @throws CommandException when it means none or several
   */
  String slotOf(String slotOrService) {
    List<String> meant = slotsOf(slotOrService);
    if (meant.size() > 1) {
      throw new CommandException(
          ExitCode.UNKNOWN_NAME,
          "%s has several slots; ask about one of them: %s"
              .formatted(slotOrService, String.join(", ", meant)));
    }
    return meant.get(0);
  }

  private static String service(String slot) {
    return slot.replaceFirst("-[0-9]+$", "");
  }
}
