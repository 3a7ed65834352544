package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.inventory.InventoryService.CreateItem;
import com.example.inventory.InventoryService.Item;
import com.example.inventory.InventoryService.ItemReserved;
import com.example.inventory.InventoryService.Items;
import com.example.inventory.InventoryService.User;
import com.example.inventory.InventoryService.UserFound;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.testkit.TestResponse;
import dev.troupe.testkit.TroupeTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service in the JVM of the test, with a store of its own and a UserService of the test. */
class InventoryServiceTest {
  @RegisterExtension
  final TroupeTest inventory =
      TroupeTest.of(new InventoryService())
          .stub(
              "UserService",
              InventoryService.GET_USER,
              (user, call) ->
                  user.userId() == 7
                      ? Outcome.done(new UserFound(new User(7)))
                      : Outcome.refused(ReplyStatus.NOT_FOUND, "no such user"));

  @Test
  void whatIsReservedIsNoLongerInStock() {
    createLaptops();

    reserve(7, 2).expect(201);

    assertThat(inventory.get("/items/1").as(Item.class)).isEqualTo(new Item(1, "Laptop", 1));
    assertThat(inventory.published(ItemReserved.class)).containsExactly(new ItemReserved(1, 7, 2));
  }

  @Test
  void moreThanIsInStockIsRefusedAndChangesNothing() {
    createLaptops();

    assertThat(reserve(7, 4).expect(409).message())
        .isEqualTo("item 1 has 3 in stock (expected: 4 at least)");
    assertThat(inventory.get("/items/1").as(Item.class)).isEqualTo(new Item(1, "Laptop", 3));
    assertThat(inventory.published(ItemReserved.class)).isEmpty();
  }

  @Test
  void onlyUsersReserveWhatThereIs() {
    assertThat(reserve(99, 1).expect(404).message()).isEqualTo("no such user");
    assertThat(reserve(7, 1).expect(404).message()).isEqualTo("there is no item 1");
    assertThat(reserve(7, 0).expect(422).message()).contains("quantity");
  }

  @Test
  void aPageSaysWhereTheNextOneBegins() {
    createLaptops();
    inventory.post("/items", new CreateItem("Mouse", 5)).expect(201);

    assertThat(inventory.get("/items?limit=1").as(Items.class))
        .isEqualTo(new Items(List.of(new Item(1, "Laptop", 3)), 1L));
    assertThat(inventory.get("/items?limit=1&after=1").as(Items.class))
        .isEqualTo(new Items(List.of(new Item(2, "Mouse", 5)), null));
  }

  private void createLaptops() {
    inventory.post("/items", new CreateItem("Laptop", 3)).expect(201);
  }

  private TestResponse reserve(long user, int quantity) {
    return inventory.post("/items/1/reservations", Map.of("user_id", user, "quantity", quantity));
  }
}
