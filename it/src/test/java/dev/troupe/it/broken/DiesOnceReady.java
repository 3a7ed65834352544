package dev.troupe.it.broken;

import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;

/** Becomes ready each time, and dies at its second check: a crash loop. */
public final class DiesOnceReady implements Service {
  private static final int EXIT_CODE = 42;

  private int checks;

  record Nothing() {}

  @Override
  public ServiceDefinition define(ServiceContext context) {
    return ServiceDefinition.named("Looping")
        .version("1.0")
        .get("idle", "/idle", Nothing.class, Nothing.class, nothing -> nothing)
        .check(this::dieAtSecondCheck)
        .build();
  }

  private void dieAtSecondCheck() {
    checks++;
    if (checks > 1) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
