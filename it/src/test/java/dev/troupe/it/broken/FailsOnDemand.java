package dev.troupe.it.broken;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Works or fails, as it is asked to: it may also never answer, answer at length, or exhaust its
 * heap.
 */
public final class FailsOnDemand implements Service {
  record Demand(String how) {}

  private static final Action<Demand, Demand> DEMAND =
      Action.get("demand", "/demand/{how}", Demand.class, Demand.class);

  private static final Action<Demand, Demand> TAKE =
      Action.post("take", "/demand", Demand.class, Demand.class);

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("Moody").version("1.0").action(DEMAND).action(TAKE).build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) {
    return Actions.of(describe())
        .on(
            DEMAND,
            (demand, call) ->
                switch (demand.how()) {
                  case "fail" ->
                      CompletableFuture.failedFuture(new UnsupportedOperationException("asked to"));
                  case "hang" -> new CompletableFuture<>();
                  case "large" -> answer("x".repeat(5 << 20));
                  case "too-large" -> answer("x".repeat(17 << 20));
                  case "exhaust" -> answer("x".repeat(exhaustHeap()));
                  default -> CompletableFuture.completedFuture(Outcome.done(demand));
                })
        .on(TAKE, (taken, call) -> answer(taken.how()))
        .behavior();
  }

  // As a query without a limit does: the JVM ends itself when it finds no room.
  private static int exhaustHeap() {
    List<byte[]> rows = new ArrayList<>();
    while (rows.size() < Integer.MAX_VALUE) {
      rows.add(new byte[1 << 20]);
    }
    return rows.size();
  }

  private static CompletableFuture<Outcome<Demand>> answer(String text) {
    return CompletableFuture.completedFuture(Outcome.done(new Demand(text)));
  }
}
