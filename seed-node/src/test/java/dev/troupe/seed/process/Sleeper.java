package dev.troupe.seed.process;

import java.io.IOException;

/** The program of a process that does nothing until it is ended, or until whoever started it is. */
public final class Sleeper {
  static final String ASLEEP = "asleep";

  private Sleeper() {}

  public static void main(String[] args) throws IOException {
    System.out.println(ASLEEP);
    System.in.read();
  }
}
