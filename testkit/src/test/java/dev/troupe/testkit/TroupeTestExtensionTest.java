package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.StockService.NewItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TroupeTestExtensionTest {
  @RegisterExtension final TroupeTest stock = TroupeTest.of(new StockService());

  @Test
  void oneTestCreatesAnItem() {
    assertThat(stock.get("/items/b").status()).isEqualTo(404);
    stock.post("/items", new NewItem("b", "bolt", 5)).expect(201);
  }

  @Test
  void anotherTestDoesNotSeeTheItem() {
    assertThat(stock.get("/items/b").status()).isEqualTo(404);
    stock.post("/items", new NewItem("b", "bolt", 5)).expect(201);
  }
}
