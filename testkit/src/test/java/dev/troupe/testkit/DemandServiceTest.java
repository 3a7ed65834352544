package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.DemandService.Caller;
import dev.troupe.testkit.DemandService.Demand;
import dev.troupe.testkit.DemandService.ItemReserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DemandServiceTest {
  @RegisterExtension final TroupeTest service = TroupeTest.of(new DemandService());

  @Test
  void countsTheReservationsOfAnotherService() {
    service.event("InventoryService", new ItemReserved(1, 2));
    service.event("InventoryService", new ItemReserved(1, 3));

    assertThat(service.get("/demand/1").as(Demand.class)).isEqualTo(new Demand(1, 5));
  }

  @Test
  void theJobForgetsWhatFewWant() {
    service.event("InventoryService", new ItemReserved(1, 1));
    service.event("InventoryService", new ItemReserved(2, 2));

    service.runJob("expire");

    assertThat(service.get("/demand/1").expect(404).message()).isEqualTo("nobody wants item 1");
    service.get("/demand/2").expect(200);
  }

  @Test
  void theCallKnowsItsCaller() {
    Caller caller =
        service
            .with("X-Request-Id", "request-1")
            .with("Accept-Language", "fi, en")
            .get("/caller")
            .as(Caller.class);

    assertThat(caller.id()).isEqualTo("request-1");
    assertThat(caller.languages()).isEqualTo("fi, en");
    assertThat(caller.known()).isFalse();
  }
}
