package dev.troupe.service.check;

import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.service.StorageUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The store of a service that is only checked: every use of it fails. */
final class UnopenedStorage implements Storage {
  private final Runnable used;

  /**
   * @param used runs at each use
   */
  UnopenedStorage(Runnable used) {
    this.used = used;
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return refused();
  }

  @Override
  public <O extends Record> OutcomeStage<O> write(CallContext call, Work<Outcome<O>> work) {
    return OutcomeStage.of(refused());
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return refused();
  }

  private <T> CompletionStage<T> refused() {
    used.run();
    return CompletableFuture.failedStage(
        new StorageUnavailableException(
            "the store of a service that is only checked is not opened"));
  }
}
