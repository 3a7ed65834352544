package dev.troupe.cli.launch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signals that ask for an end. A shutdown hook would not do: it does not see a second Ctrl-C.
 * {@code sun.misc.Signal} is supported by every JDK, but the compiler warns of it without a way to
 * suppress that, hence the reflection.
 */
final class Signals {
  private Signals() {}

  /** From now on they are given to {@code receiver}; those ignored from the start stay ignored. */
  static void receive(Consumer<String> receiver) {
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
