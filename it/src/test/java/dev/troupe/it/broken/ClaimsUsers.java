package dev.troupe.it.broken;

import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;

/** Wants a path that UserService has. */
public final class ClaimsUsers implements Service {
  record Claim(String name) {}

  @Override
  public ServiceDefinition define(ServiceContext context) {
    return ServiceDefinition.named("Claiming")
        .version("1.0")
        .get("claim", "/users/{name}", Claim.class, Claim.class, claim -> claim)
        .build();
  }
}
