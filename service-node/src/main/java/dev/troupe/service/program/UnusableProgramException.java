package dev.troupe.service.program;

import dev.troupe.node.start.StartRefusal;

/** Why a program cannot be started, with what to do. */
final class UnusableProgramException extends Exception implements StartRefusal {
  private static final long serialVersionUID = 1L;

  UnusableProgramException(String message) {
    super(message);
  }
}
