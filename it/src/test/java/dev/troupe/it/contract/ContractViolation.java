package dev.troupe.it.contract;

import java.util.List;

/** An answer of a gateway is not as its {@code /openapi.json} says. */
public final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1;

  ContractViolation(ReceivedAnswer answer, List<String> faults) {
    super(
        "%s\nwhich is not as /openapi.json says:\n  %s"
            .formatted(answer, String.join("\n  ", faults)));
  }
}
