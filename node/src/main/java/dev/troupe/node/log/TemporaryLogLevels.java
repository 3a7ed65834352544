package dev.troupe.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.troupe.protocol.logs.LogLevelReply;
import dev.troupe.protocol.logs.LogLevelRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Owns the levels of loggers that an operator has changed for a while. The node itself puts them
 * back, so that this needs no seed node.
 */
public final class TemporaryLogLevels extends AbstractBehavior<Object> {
  static final int MOST_LOGGERS = 20;

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(TemporaryLogLevels.class);
  private static final String NAME = "log-levels";
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,199}");

  /** The time of a logger is over. */
  private record Over(String logger) {}

  /**
   * @param configured the level before; null if the logger had none of its own
   */
  private record Changed(@Nullable Level configured) {}

  private final String slot;
  private final TimerScheduler<Object> timers;
  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Map<String, Changed> changed = new HashMap<>();

  private TemporaryLogLevels(
      ActorContext<Object> context, TimerScheduler<Object> timers, String slot) {
    super(context);
    this.slot = slot;
    this.timers = timers;
  }

  /** The name of the actor: {@link #of} finds the actor of each node by it. */
  public static String name() {
    return NAME;
  }

  /**
   * The actor of another node, or of this one.
   *
   * @param address of the node, as a member of the cluster has it
   */
  public static ActorRef<LogLevelRequest> of(String address, ActorSystem<?> system) {
    return ActorRefResolver.get(system).resolveActorRef(address + "/user/" + NAME);
  }

  /**
   * Takes each {@link LogLevelRequest}.
   *
   * @param slot of this node
   */
  public static Behavior<Object> create(String slot) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new TemporaryLogLevels(context, timers, slot)));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(LogLevelRequest.class, this::onRequest)
        .onMessage(Over.class, this::onOver)
        .onSignal(PreRestart.class, signal -> putAllBack())
        .onSignal(PostStop.class, signal -> putAllBack())
        .build();
  }

  private Behavior<Object> onRequest(LogLevelRequest request) {
    String refusal = refusal(request);
    if (refusal == null) {
      set(request);
    }
    request.replyTo().tell(new LogLevelReply(refusal));
    return this;
  }

  private @Nullable String refusal(LogLevelRequest request) {
    if (!LOGGER.matcher(request.logger()).matches()) {
      return "the logger has no usable name (expected: a package, a class, or ROOT)";
    }
    if (request.millis() < 1 || request.millis() > LogLevelRequest.LONGEST_MILLIS) {
      return "%d ms (expected: 1 to %d)"
          .formatted(request.millis(), LogLevelRequest.LONGEST_MILLIS);
    }
    return changed.size() >= MOST_LOGGERS && !changed.containsKey(request.logger())
        ? "%d loggers have another level for a while already (expected: at most so many)"
            .formatted(MOST_LOGGERS)
        : null;
  }

  private void set(LogLevelRequest request) {
    Logger logger = loggers.getLogger(request.logger());
    Duration time = Duration.ofMillis(request.millis());
    changed.putIfAbsent(request.logger(), new Changed(logger.getLevel()));
    log.info(
        "[{}] {} logs {} for {} s, by order",
        slot,
        request.logger(),
        request.level(),
        time.toSeconds());
    logger.setLevel(Level.toLevel(request.level().name()));
    timers.startSingleTimer(request.logger(), new Over(request.logger()), time);
  }

  private Behavior<Object> onOver(Over over) {
    putBack(over.logger());
    return this;
  }

  private Behavior<Object> putAllBack() {
    List.copyOf(changed.keySet()).forEach(this::putBack);
    return this;
  }

  private void putBack(String name) {
    Changed before = changed.remove(name);
    if (before != null) {
      Logger logger = loggers.getLogger(name);
      logger.setLevel(before.configured());
      log.info("[{}] {} logs {} again", slot, name, logger.getEffectiveLevel());
    }
  }
}
