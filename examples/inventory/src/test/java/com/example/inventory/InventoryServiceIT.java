package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.inventory.InventoryService.CreateItem;
import com.example.inventory.InventoryService.Item;
import dev.troupe.testkit.RunningCluster;
import dev.troupe.testkit.TroupeCluster;
import org.junit.jupiter.api.Test;

/** The service in a cluster of real processes, on free ports and in a temporary home. */
@TroupeCluster(file = "home/application.conf")
class InventoryServiceIT {
  @Test
  void anItemSurvivesTheProcessThatWroteIt(RunningCluster cluster) {
    Item laptop = cluster.post("/items", new CreateItem("Laptop", 3)).as(Item.class);

    cluster.kill("InventoryService-1").awaitWhole();

    assertThat(cluster.get("/items/" + laptop.id()).expect(200).as(Item.class)).isEqualTo(laptop);
  }
}
