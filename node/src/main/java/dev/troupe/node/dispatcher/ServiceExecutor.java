package dev.troupe.node.dispatcher;

import com.typesafe.config.Config;
import dev.troupe.node.failure.Failures;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ForkJoinExecutorConfigurator;
import org.apache.pekko.dispatch.MonitorableThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * The threads that run the code of a service. Pekko's own threads end the JVM after an error such
 * as a missing class or a stack overflow, so that one request could end the process. On these
 * threads only errors after which the JVM cannot be used do.
 */
public final class ServiceExecutor extends ExecutorServiceConfigurator {
  private static final Logger log = LoggerFactory.getLogger(ServiceExecutor.class);

  private final ForkJoinExecutorConfigurator pool;

  /** Called by Pekko, by reflection. */
  public ServiceExecutor(Config dispatcher, DispatcherPrerequisites prerequisites) {
    super(dispatcher, prerequisites);
    this.pool =
        new ForkJoinExecutorConfigurator(dispatcher.getConfig("fork-join-executor"), prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(
      String dispatcher, ThreadFactory threads) {
    return pool.createExecutorServiceFactory(
        dispatcher,
        threads instanceof MonitorableThreadFactory pekkos ? surviving(pekkos) : threads);
  }

  private static ThreadFactory surviving(MonitorableThreadFactory threads) {
    Thread.UncaughtExceptionHandler pekkos = threads.exceptionHandler();
    return threads.copy(
        threads.name(),
        threads.daemonic(),
        Option.apply(ServiceThreads.loader()),
        (thread, failure) -> {
          if (Failures.endTheJvm(failure)) {
            pekkos.uncaughtException(thread, failure);
          } else {
            log.error("code of the service failed on {}", thread.getName(), failure);
          }
        },
        threads.counter());
  }
}
