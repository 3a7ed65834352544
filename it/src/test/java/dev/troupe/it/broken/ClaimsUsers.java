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

/** Wants a path that UserService has. */
public final class ClaimsUsers implements Service {
  record Claim(String name) {}

  private static final Action<Claim, Claim> CLAIM =
      Action.get("claim", "/users/{name}", Claim.class, Claim.class);

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("Claiming").version("1.0").action(CLAIM).build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) {
    return Actions.of(describe())
        .on(CLAIM, (claim, call) -> CompletableFuture.completedFuture(Outcome.done(claim)))
        .behavior();
  }
}
