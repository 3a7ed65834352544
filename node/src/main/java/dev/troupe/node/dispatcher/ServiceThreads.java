package dev.troupe.node.dispatcher;

import java.util.concurrent.Callable;

/**
 * The context class loader of the threads that run code of the service of this process: the class
 * loader of the service, by which libraries find its classes and resources.
 */
public final class ServiceThreads {
  // One for the whole process, because a process hosts one service, and Pekko creates the threads
  // of its dispatchers without asking anybody but a configured class.
  private static volatile ClassLoader loader = ServiceThreads.class.getClassLoader();

  private ServiceThreads() {}

  /** To be called before the actor system is created, whose first threads would miss it. */
  public static void use(ClassLoader ofService) {
    loader = ofService;
  }

  static ClassLoader loader() {
    return loader;
  }

  /** The same thread, prepared to run code of the service. */
  public static Thread prepared(Thread thread) {
    thread.setContextClassLoader(loader);
    return thread;
  }

  /** Runs code of the service on a thread of the node. */
  public static <T> T call(Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
