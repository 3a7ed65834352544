package dev.troupe.it.broken;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDescriptor;
import org.apache.pekko.actor.typed.Behavior;

/** Cannot start, and says why. */
public final class ThrowsAtStart implements Service {
  record Nothing() {}

  static final Action<Nothing, Nothing> IDLE =
      Action.get("idle", "/idle", Nothing.class, Nothing.class);

  @Override
  public ServiceDescriptor describe() {
    return ServiceDescriptor.named("Throwing").version("1.0").action(IDLE).build();
  }

  @Override
  public Behavior<ServiceRequest> behavior(ServiceContext context) {
    throw new IllegalStateException("the licence file is missing");
  }
}
