package dev.troupe.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.troupe.protocol.logs.LogLevelReply;
import dev.troupe.protocol.logs.LogLevelRequest;
import dev.troupe.protocol.settings.LogLevel;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TemporaryLogLevelsTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final String NAME = "test.TemporaryLogLevelsTest";
  private static final Duration TIME = Duration.ofMinutes(10);

  private final ManualTime time = ManualTime.get(KIT.system());
  private final TestProbe<LogLevelReply> replies = KIT.createTestProbe();
  private final ActorRef<Object> levels = KIT.spawn(TemporaryLogLevels.create("UserService-1"));
  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);

  @AfterEach
  void forget() {
    KIT.stop(levels);
    logger.setLevel(null);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theLevelIsPutBackAfterItsTime() {
    logger.setLevel(Level.ERROR);
    assertThat(set(NAME, LogLevel.DEBUG, TIME)).isNull();
    assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);

    time.timePasses(TIME.minusSeconds(1));
    assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
    time.timePasses(Duration.ofSeconds(1));
    awaitAnswered();
    assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void aLaterOrderCountsAndTheLevelOfTheSettingsComesBack() {
    set(NAME, LogLevel.DEBUG, TIME);
    set(NAME, LogLevel.TRACE, TIME.multipliedBy(2));
    time.timePasses(TIME);
    awaitAnswered();
    assertThat(logger.getLevel()).isEqualTo(Level.TRACE);

    time.timePasses(TIME);
    awaitAnswered();
    assertThat(logger.getLevel()).isNull();
  }

  @Test
  void theLevelIsPutBackWhenTheActorEnds() {
    set(NAME, LogLevel.DEBUG, TIME);
    KIT.stop(levels);

    assertThat(logger.getLevel()).isNull();
  }

  @Test
  void badOrdersAreRefusedWithTheReason() {
    assertThat(set("no logger", LogLevel.DEBUG, TIME)).contains("no usable name");
    assertThat(set(NAME, LogLevel.DEBUG, Duration.ofHours(2))).contains("expected: 1 to 3600000");
    for (int number = 0; number < TemporaryLogLevels.MOST_LOGGERS; number++) {
      assertThat(set(NAME + number, LogLevel.DEBUG, TIME)).isNull();
    }
    assertThat(set(NAME, LogLevel.DEBUG, TIME)).startsWith("20 loggers have another level");
    assertThat(set(NAME + 1, LogLevel.INFO, TIME)).isNull();
  }

  private @Nullable String set(String name, LogLevel level, Duration duration) {
    levels.tell(new LogLevelRequest(name, level, duration.toMillis(), replies.getRef()));
    return replies.receiveMessage().refusal();
  }

  /** Whatever was sent to the actor before has been handled. */
  private void awaitAnswered() {
    set("no logger", LogLevel.DEBUG, TIME);
  }
}
