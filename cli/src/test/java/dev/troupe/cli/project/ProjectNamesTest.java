package dev.troupe.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNamesTest {
  @Test
  void allNamesFollowFromTheNameOfTheService() {
    assertThat(ProjectNames.of("InventoryService", null))
        .isEqualTo(
            new ProjectNames(
                "InventoryService", "com.example.inventory", "inventory-service", "inventory"));
    assertThat(ProjectNames.of("Stock_Items2", "org.acme.stock"))
        .isEqualTo(
            new ProjectNames("Stock_Items2", "org.acme.stock", "stock-items2", "stock-items2"));
  }

  @Test
  void aNameThatIsAReservedWordInLowerCaseGetsAnotherPackage() {
    assertThat(ProjectNames.of("SwitchService", null).packageName())
        .isEqualTo("com.example.switchservice");
    assertThat(ProjectNames.of("SwitchService", null).subject()).isEqualTo("switch");
  }

  @ParameterizedTest
  @CsvSource({
    "'', a letter",
    "2Stock, a letter",
    "Läger, a letter",
    "../Stock, a letter",
    "My-Service, a letter",
    "inventoryService, 'as in InventoryService'",
    "UserService, comes with a service of this name",
    "String, a type of this name",
    "Service, a type of this name",
    "Entry, a type of this name",
    "Users, its path /users belongs to Troupe",
    "ClusterService, its path /cluster belongs to Troupe"
  })
  void aNameThatCannotBeUsedIsRefusedWithTheReason(String name, String reason) {
    assertThatThrownBy(() -> ProjectNames.of(name, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("NAME", name, "expected", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "com..stock, words of",
    ".com, words of",
    "com/stock, words of",
    "Com.Stock, words of",
    "com.läger, words of",
    "com.new.stock, 'new' is none",
    "com.2stock, '2stock' is none",
    "com._, '_' is none",
    "java.stock, not one of Java",
    "dev.troupe.stock, not one of Java or Troupe"
  })
  void aPackageThatCannotBeUsedIsRefusedWithTheReason(String packageName, String reason) {
    assertThatThrownBy(() -> ProjectNames.of("StockService", packageName))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--package", packageName, "expected", reason);
  }
}
