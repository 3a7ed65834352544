package dev.troupe.service.background;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.EventSubscription;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.PeriodicJob;
import dev.troupe.protocol.service.PublishedEvent;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.BackgroundSettings;
import dev.troupe.service.background.JobActor.Job;
import dev.troupe.service.queue.QueueMonitor;
import dev.troupe.service.queue.QueueMonitorActor;
import dev.troupe.service.queue.WorkQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** The events and the periodic jobs of the service that a process hosts. */
public final class BackgroundWork {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,50}");
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration PRUNE_INTERVAL = Duration.ofMinutes(1);

  /** Rows per deletion: few, so that no write waits long behind one. */
  private static final int PRUNED_AT_ONCE = 500;

  private final ServiceContext context;
  private final BackgroundSettings settings;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private volatile Map<Class<?>, PublishedEvent<?>> published = Map.of();
  private @Nullable ServiceDefinition definition;
  private @Nullable ActorRef<BackgroundActor.Command> actor;

  public BackgroundWork(ServiceContext context, BackgroundSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /** See {@link ServiceContext#every}. */
  public void every(String name, Duration interval, PeriodicJob work) {
    if (definition != null) {
      throw new IllegalStateException(
          "the job %s comes too late (expected: every(…) in define)".formatted(name));
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a job named '%s' (expected: 1 to 50 letters, digits and -_.)".formatted(name));
    }
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "the job %s has an interval of %s (expected: %s at least)"
              .formatted(name, interval, SHORTEST_INTERVAL));
    }
    if (jobs.putIfAbsent(name, new Job(name, interval, work)) != null) {
      throw new IllegalArgumentException(
          "two jobs named %s (expected: a name for each)".formatted(name));
    }
  }

  /** See {@link ServiceContext#publish}. */
  public void publish(Sql sql, Record event) throws SQLException {
    PublishedEvent<?> kind = published.get(event.getClass());
    if (kind == null) {
      throw new IllegalArgumentException(
          "%s is published, and its definition does not say so (expected: .publishes(%s.class, …))"
              .formatted(event.getClass().getName(), event.getClass().getSimpleName()));
    }
    byte[] data = Json.write(event);
    if (data.length > settings.maxEventBytes()) {
      throw new IllegalArgumentException(
          "%s of %d bytes (expected: %d at most, background.max-event-size)"
              .formatted(kind.name(), data.length, settings.maxEventBytes()));
    }
    EventLog.append(
        sql,
        kind.name(),
        kind.keyOf(event),
        new String(data, UTF_8),
        Instant.now(),
        EventSpans.currentTrace());
  }

  /**
   * Adds what the background work needs to a definition.
   *
   * @param storage of the service, if it has one
   * @throws IllegalArgumentException when the service has background work and no store
   */
  public ServiceDefinition complete(ServiceDefinition defined, @Nullable Storage storage) {
    boolean none =
        defined.published().isEmpty() && defined.subscriptions().isEmpty() && jobs.isEmpty();
    if (!none && storage == null) {
      throw new IllegalArgumentException(
          "%s has events or jobs, and no store to keep them in (expected: context.storage(…))"
              .formatted(defined.descriptor().service()));
    }
    Map<Class<?>, PublishedEvent<?>> kinds = new LinkedHashMap<>();
    defined.published().forEach(kind -> kinds.put(kind.type(), kind));
    published = Map.copyOf(kinds);
    ServiceDefinition complete = defined;
    if (storage != null && !kinds.isEmpty()) {
      List<String> names = defined.published().stream().map(PublishedEvent::name).toList();
      complete =
          complete.with(
              EventLog.READ,
              (read, call) ->
                  storage.read(call, sql -> Outcome.done(EventLog.page(sql, read, names))));
    }
    if (storage != null && !defined.subscriptions().isEmpty()) {
      complete =
          complete.with(
              InboxStatus.READ,
              (read, call) ->
                  storage.read(
                      call,
                      sql ->
                          Outcome.done(
                              InboxStatus.read(
                                  sql, read.source(), handled(defined, read.source())))));
    }
    if (!jobs.isEmpty()) {
      complete =
          complete.with(
              RunJob.ACTION,
              (run, call) ->
                  OutcomeStage.of(job(run.job()).run(call).thenApply(done -> Outcome.done())));
    }
    definition = complete;
    return complete;
  }

  private static List<String> handled(ServiceDefinition definition, String source) {
    return definition.subscriptions().stream()
        .filter(subscription -> subscription.source().equals(source))
        .map(EventSubscription::event)
        .toList();
  }

  private Job job(String name) {
    return Optional.ofNullable(jobs.get(name))
        .orElseThrow(
            () ->
                InvalidInputException.refused(
                    "no job %s (expected: one of %s)"
                        .formatted(name, String.join(", ", jobs.keySet()))));
  }

  /**
   * Begins with the background work, if there is any.
   *
   * @param storage of the service, if it has one
   * @param service handles events
   * @param queues of the service, and of its events from now on
   */
  public void start(
      @Nullable Storage storage, ActorRef<ServiceRequest> service, QueueMonitor queues) {
    ServiceDefinition started = definition;
    if (started == null || storage == null) {
      return;
    }
    Map<String, Behavior<?>> workers = new LinkedHashMap<>();
    started.subscriptions().stream()
        .collect(groupingBy(EventSubscription::source, LinkedHashMap::new, toList()))
        .forEach(
            (source, subscriptions) -> {
              workers.put(
                  "events-of-" + source,
                  SubscriptionActor.create(context, storage, settings, subscriptions, service));
              EventInbox inbox = new EventInbox(source, settings);
              queues.add(new WorkQueue(WorkQueue.Kind.OUTBOX, source, inbox::length));
            });
    List<Job> all = new ArrayList<>(jobs.values());
    if (!started.published().isEmpty() || !started.subscriptions().isEmpty()) {
      all.add(new Job("troupe.prune", PRUNE_INTERVAL, call -> pruned(storage)));
    }
    for (Job job : all) {
      workers.put("job-" + job.name(), JobActor.create(context.slot(), storage, job));
    }
    if (!queues.queues().isEmpty()) {
      workers.put("queues", QueueMonitorActor.create(context.slot(), storage, queues));
    }
    if (!workers.isEmpty()) {
      actor =
          context.spawn(
              BackgroundActor.create(context.slot(), storage, settings, workers),
              "troupe-background");
    }
  }

  // Until nothing is left: what one minute publishes may be more than one deletion.
  private CompletionStage<Boolean> pruned(Storage storage) {
    Instant before = Instant.now().minus(settings.keep());
    return storage
        .write(
            sql ->
                Math.max(
                    EventLog.prune(sql, before, PRUNED_AT_ONCE),
                    EventInbox.prune(sql, before, PRUNED_AT_ONCE)))
        .thenCompose(
            count ->
                count == PRUNED_AT_ONCE ? pruned(storage) : CompletableFuture.completedStage(true));
  }

  /** Ends the background work of this process, so that another instance can go on with it. */
  public CompletableFuture<Void> release() {
    CompletableFuture<Void> released = new CompletableFuture<>();
    ActorRef<BackgroundActor.Command> running = actor;
    if (running == null) {
      released.complete(null);
    } else {
      running.tell(new BackgroundActor.Release(released));
    }
    return released;
  }
}
