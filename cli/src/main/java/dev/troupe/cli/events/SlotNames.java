package dev.troupe.cli.events;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.settings.DidYouMean;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the slots that a user means by the name of a slot or service. */
final class SlotNames {
  private final TreeSet<String> slots;

  SlotNames(Collection<String> slots) {
    this.slots = new TreeSet<>(slots);
  }

  static boolean isOf(String slot, String slotOrService) {
    return slot.equals(slotOrService) || NodeNames.serviceOf(slot).equals(slotOrService);
  }

  /**
   * The slots that {@code slotOrService} names, at least one.
   *
   * @throws CommandException when it names none; the message suggests a similar name
   */
  List<String> slotsOf(String slotOrService) {
    List<String> meant = slots.stream().filter(slot -> isOf(slot, slotOrService)).toList();
    if (!meant.isEmpty()) {
      return meant;
    }
    List<String> all =
        slots.stream()
            .flatMap(slot -> Stream.of(slot, NodeNames.serviceOf(slot)))
            .distinct()
            .toList();
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
   * The one slot that {@code slotOrService} names.
   *
   * @throws CommandException when it names none or several
   */
  String slotOf(String slotOrService) {
    List<String> meant = slotsOf(slotOrService);
    if (meant.size() > 1) {
      throw new CommandException(
          ExitCode.UNKNOWN_NAME,
          "%s has several slots. Name one of them: %s"
              .formatted(slotOrService, String.join(", ", meant)));
    }
    return meant.get(0);
  }
}
