package dev.troupe.it.broken;

import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Works or fails, as it is asked to: it may also never answer, answer at length, or exhaust its
 * heap.
 */
public final class FailsOnDemand implements Service {
  record Demand(String how) {}

  @Override
  public ServiceDefinition define(ServiceContext context) {
    return ServiceDefinition.named("Moody")
        .version("1.0")
        .get(
            "demand",
            "/demand/{how}",
            Demand.class,
            Demand.class,
            (demand, call) ->
                switch (demand.how()) {
                  case "fail" -> throw new UnsupportedOperationException("asked to");
                  case "hang" -> OutcomeStage.of(new CompletableFuture<>());
                  case "large" -> answer("x".repeat(5 << 20));
                  case "too-large" -> answer("x".repeat(17 << 20));
                  case "exhaust" -> answer("x".repeat(exhaustHeap()));
                  default -> Outcome.done(demand);
                })
        .post("take", "/demand", Demand.class, Demand.class, taken -> taken)
        .build();
  }

  // As a query without a limit does: the JVM ends itself when it finds no room.
  private static int exhaustHeap() {
    List<byte[]> rows = new ArrayList<>();
    while (rows.size() < Integer.MAX_VALUE) {
      rows.add(new byte[1 << 20]);
    }
    return rows.size();
  }

  private static Outcome<Demand> answer(String text) {
    return Outcome.done(new Demand(text));
  }
}
