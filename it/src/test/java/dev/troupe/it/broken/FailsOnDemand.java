package dev.troupe.it.broken;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;

/** Works or fails, as it is asked to, and never answers when asked for that. */
public final class FailsOnDemand implements Service {
  record Demand(String how) {}

  private static final Action<Demand, Demand> DEMAND =
      Action.get("demand", "/demand/{how}", Demand.class, Demand.class);

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("Moody").version("1.0").action(DEMAND).build();
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
                  default -> CompletableFuture.completedFuture(Outcome.done(demand));
                })
        .behavior();
  }
}
