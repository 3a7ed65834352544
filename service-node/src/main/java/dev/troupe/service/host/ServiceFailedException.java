package dev.troupe.service.host;

/** An error in the code of a service that is the fault of what it was doing, not of the JVM. */
final class ServiceFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServiceFailedException(Throwable error) {
    super(error);
  }
}
