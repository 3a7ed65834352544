package dev.troupe.it.broken;

import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;

/** Cannot start, and says why. */
public final class ThrowsAtStart implements Service {
  @Override
  public ServiceDefinition define(ServiceContext context) {
    throw new IllegalStateException("the licence file is missing");
  }
}
