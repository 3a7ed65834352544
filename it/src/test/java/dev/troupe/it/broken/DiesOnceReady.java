package dev.troupe.it.broken;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Actions;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;

/** Becomes ready each time, and dies at its second check: a crash loop. */
public final class DiesOnceReady implements Service {
  private static final int EXIT_CODE = 42;

  private int checks;

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("Looping").version("1.0").action(ThrowsAtStart.IDLE).build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) {
    return Actions.of(describe())
        .on(
            ThrowsAtStart.IDLE,
            (nothing, call) ->
                CompletableFuture.failedFuture(new UnsupportedOperationException("never asked")))
        .behavior();
  }

  @Override
  public void check() {
    checks++;
    if (checks > 1) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
