package dev.troupe.service.background;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.NoContent;

/** Asks an instance to run a periodic job once, now. HTTP does not reach it. */
public record RunJob(String job) {
  public static final Action<RunJob, NoContent> ACTION =
      Action.put("troupe.run_job", "/jobs", RunJob.class, NoContent.class);
}
