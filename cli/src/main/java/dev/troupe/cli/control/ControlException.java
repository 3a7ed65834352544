package dev.troupe.cli.control;

/** The seed node could not be asked, or refused; the message is for the user. */
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;

  private final int status;

  ControlException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Whether it answered, but would not do what was asked. */
  public boolean isRefusal() {
    return status != 0;
  }

  /** Whether it answered that there is no slot or service of that name. */
  public boolean isUnknownName() {
    return status == NOT_FOUND;
  }
}
