package dev.troupe.protocol.service;

import java.util.concurrent.CompletionStage;

/** Work that one instance of a service does again and again, see {@link ServiceContext#every}. */
@FunctionalInterface
public interface PeriodicJob {
  /**
   * @param call for the calls and writes of this run
   * @return completes when the run is over; the next begins an interval after that
   * @throws Exception when the run failed, which is logged
   */
  CompletionStage<?> run(CallContext call) throws Exception;
}
