package dev.troupe.service.host;

import dev.troupe.node.dispatcher.ServiceThreads;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.settings.BlockingSettings;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the threads for the blocking jobs of a service. The readiness check, the store and the node
 * have other threads, so that long jobs delay nothing else.
 */
final class BlockingJobs implements Executor {
  private static final Logger log = LoggerFactory.getLogger(BlockingJobs.class);
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  BlockingJobs(String slot, BlockingSettings settings) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.maxQueued()),
            job -> {
              Thread thread = new Thread(job, slot + "-blocking-" + number.incrementAndGet());
              thread.setDaemon(true);
              // The job fails alone, whatever it throws; another thread takes the place of this
              // one.
              thread.setUncaughtExceptionHandler(
                  (failed, failure) -> log.error("[{}] a blocking job failed", slot, failure));
              return ServiceThreads.prepared(thread);
            },
            (job, pool) -> {
              throw new RejectedExecutionException(
                  "%s: %d blocking jobs run and %d wait (blocking.max-queued); try again later"
                      .formatted(slot, settings.threads(), settings.maxQueued()));
            });
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable job) {
    threads.execute(RequestLog.passedOn(job));
  }
}
