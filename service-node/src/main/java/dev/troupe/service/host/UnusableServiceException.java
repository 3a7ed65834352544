package dev.troupe.service.host;

import org.jspecify.annotations.Nullable;

/** Why a service cannot be hosted, with its class and what to do. */
public final class UnusableServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableServiceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
