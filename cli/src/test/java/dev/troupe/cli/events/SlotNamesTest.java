package dev.troupe.cli.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.cli.command.CommandException;
import dev.troupe.cli.command.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotNamesTest {
  private final SlotNames names =
      new SlotNames(List.of("UserService-1", "UserService-2", "OrderService-1"));

  @Test
  void aServiceMeansItsSlots() {
    assertThat(names.slotsOf("UserService")).containsExactly("UserService-1", "UserService-2");
    assertThat(names.slotsOf("UserService-2")).containsExactly("UserService-2");
    assertThat(names.slotOf("OrderService")).isEqualTo("OrderService-1");
  }

  @Test
  void ofSeveralSlotsOneMustBeNamed() {
    assertThatThrownBy(() -> names.slotOf("UserService"))
        .hasMessageContaining("Name one of them: UserService-1, UserService-2");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> names.slotOf("UserServise-1"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNKNOWN_NAME))
        .hasMessageContaining("did you mean 'UserService-1'? There are: OrderService-1");
    assertThatThrownBy(() -> names.slotsOf("x"))
        .hasMessageStartingWith("There is no slot or service 'x'. There are:");
  }
}
