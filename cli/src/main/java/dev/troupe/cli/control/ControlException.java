package dev.troupe.cli.control;

/** A seed node does not answer, or refuses a request. The message is for the user. */
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;

  private final int status;

  public ControlException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Whether the seed node answered and refused the request. */
  public boolean isRefusal() {
    return status != 0;
  }

  /** Whether the seed node answered that it knows no slot or service of that name. */
  public boolean isUnknownName() {
    return status == NOT_FOUND;
  }
}
