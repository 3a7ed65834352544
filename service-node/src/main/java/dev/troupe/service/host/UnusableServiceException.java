package dev.troupe.service.host;

import dev.troupe.node.start.StartRefusal;
import org.jspecify.annotations.Nullable;

/** Why a service cannot be hosted, with its class and what to do. */
public final class UnusableServiceException extends Exception implements StartRefusal {
  private static final long serialVersionUID = 1L;

  private final boolean isFinal;

  /**
   * @param isFinal whether another start would end the same
   */
  UnusableServiceException(String message, @Nullable Throwable cause, boolean isFinal) {
    super(message, cause);
    this.isFinal = isFinal;
  }

  @Override
  public boolean isFinal() {
    return isFinal;
  }
}
