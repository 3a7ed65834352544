package dev.troupe.cli.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Receives the signals that ask a process to end. A shutdown hook does not see a second Ctrl-C.
 * Every JDK supports {@code sun.misc.Signal}, but the compiler warns about it and the warning
 * cannot be suppressed, so the class is called by reflection.
 */
public final class Signals {
  private Signals() {}

  /**
   * Passes each SIGINT, SIGTERM and SIGHUP to {@code receiver}, by name. A signal that this process
   * ignored from its start stays ignored.
   */
  public static void receive(Consumer<String> receiver) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : List.of("INT", "TERM", "HUP")) {
        InvocationHandler receive =
            (proxy, method, arguments) -> {
              receiver.accept("SIG" + name);
              return null;
            };
        signal
            .getMethod("handle", signal, handler)
            .invoke(
                null,
                signal.getConstructor(String.class).newInstance(name),
                Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, receive));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM cannot handle signals (is it run with -Xrs?)", e);
    }
  }
}
