package dev.troupe.it.contract;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails tests that have seen a {@link ContractViolation}, even in a thread of their own or while
 * they waited for something. JUnit finds it by itself.
 */
public final class ContractExtension
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /** Tells at the end of all tests how much was compared. */
  private static final class Summary implements AutoCloseable {
    @Override
    public void close() {
      GatewayContract.summary().ifPresent(System.out::println);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ContractExtension.class))
        .getOrComputeIfAbsent(Summary.class, type -> new Summary(), Summary.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    throwUnlessThrown(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    throwUnlessThrown(context);
  }

  private static void throwUnlessThrown(ExtensionContext context) {
    List<ContractViolation> violations = GatewayContract.takeViolations();
    Throwable thrown = context.getExecutionException().orElse(null);
    if (violations.isEmpty() || violations.stream().anyMatch(one -> one == thrown)) {
      return;
    }
    ContractViolation first = violations.get(0);
    violations.stream().skip(1).limit(9).forEach(first::addSuppressed);
    throw first;
  }
}
