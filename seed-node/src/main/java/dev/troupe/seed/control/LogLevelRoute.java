package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.node.log.TemporaryLogLevels;
import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.logs.LogLevelReply;
import dev.troupe.protocol.logs.LogLevelRequest;
import dev.troupe.protocol.settings.LogLevel;
import dev.troupe.seed.events.EventJournal;
import dev.troupe.seed.events.SeedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Lets the process of a slot log at another level for a while. */
final class LogLevelRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int DEFAULT_SECONDS = 600;
  private static final int LONGEST_SECONDS =
      (int) TimeUnit.MILLISECONDS.toSeconds(LogLevelRequest.LONGEST_MILLIS);
  private static final String ALL_LOGGERS = "ROOT";

  private final ActorSystem<?> system;
  private final SlotLookup slots;
  private final Supplier<RegistryView> registry;
  private final ActorRef<EventJournal.Command> journal;

  /**
   * @param registry the newest view of the cluster
   */
  LogLevelRoute(
      ActorSystem<?> system,
      SlotLookup slots,
      Supplier<RegistryView> registry,
      ActorRef<EventJournal.Command> journal) {
    this.system = system;
    this.slots = slots;
    this.registry = registry;
    this.journal = journal;
  }

  /**
   * @param until the level holds, unless the process ends before
   */
  private record LevelChange(String slot, String logger, LogLevel level, Instant until) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.post("/slots/{slot}/log-level", Permission.OPERATE, this::change));
  }

  private CompletionStage<HttpResponse> change(ManagementRequest request) {
    LogLevel level = level(request.query("level").orElse(""));
    String logger = request.query("logger").orElse(ALL_LOGGERS);
    Duration time =
        Duration.ofSeconds(request.number("seconds", DEFAULT_SECONDS, 1, LONGEST_SECONDS));
    // The lookup answers where it may block, so that waiting for the node holds nobody up.
    return slots.find(
        request.variable("slot"), (slot, cluster) -> change(slot, logger, level, time));
  }

  private HttpResponse change(SlotStatus slot, String logger, LogLevel level, Duration time) {
    Optional<String> address = address(slot);
    if (address.isEmpty()) {
      return error(
          409,
          "%s has no process that takes part in the cluster: it is %s"
              .formatted(slot.slot(), slot.state().label()));
    }
    Instant until = Instant.now().plus(time);
    String what = "%s logs %s for %d s".formatted(logger, level, time.toSeconds());
    String refusal;
    try {
      refusal = ask(address.get(), logger, level, time).refusal();
    } catch (CompletionException silent) {
      // The node may get to it later.
      journal.tell(SeedEvents.logLevel(slot, what + ", without an answer", Instant.now()));
      return error(
          503,
          "%s did not answer within %d s; its level may have changed"
              .formatted(slot.slot(), PATIENCE.toSeconds()));
    }
    if (refusal != null) {
      return error(400, slot.slot() + ": " + refusal);
    }
    journal.tell(SeedEvents.logLevel(slot, what, Instant.now()));
    return json(200, new LevelChange(slot.slot(), logger, level, until));
  }

  private Optional<String> address(SlotStatus slot) {
    return registry.get().instances().stream()
        .filter(instance -> instance.slot().equals(slot.slot()))
        .filter(instance -> instance.registration().generation() == slot.generation())
        .map(InstanceView::registration)
        .map(registration -> registration.address())
        .findFirst();
  }

  private LogLevelReply ask(String address, String logger, LogLevel level, Duration time) {
    return AskPattern.<LogLevelRequest, LogLevelReply>ask(
            TemporaryLogLevels.of(address, system),
            replyTo -> new LogLevelRequest(logger, level, time.toMillis(), replyTo),
            PATIENCE,
            system.scheduler())
        .toCompletableFuture()
        .join();
  }

  private static LogLevel level(String text) {
    try {
      return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException none) {
      throw ManagementRequest.bad(
          "level",
          text,
          "one of " + String.join(", ", Arrays.stream(LogLevel.values()).map(Enum::name).toList()));
    }
  }
}
