package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.service.Storage;
import dev.troupe.service.clock.HandClock;
import dev.troupe.service.clock.WallClock;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.notification.NotificationRepository.New;
import dev.troupe.service.notification.channel.DeliveryResult;
import dev.troupe.service.notification.channel.OutgoingNotification;
import dev.troupe.service.queue.QueueLength;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two instances share a queue on a host whose clock is set. */
@ParameterizedClass
@EnumSource(Engine.class)
final class DeliveryClockTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  @Parameter Engine engine;
  @TempDir Path directory;
  private final DeliveryPolicy policy = NotificationSettings.read(ConfigFactory.empty()).policy();
  private final HandClock hand = new HandClock();
  private final WallClock clock = hand.wall();
  private final DeliveryQueue one = queue("NotificationService-1", clock);
  private final DeliveryQueue other = queue("NotificationService-2", hand.wall());
  private QueuedStorage storage;

  @BeforeEach
  void open() throws Exception {
    storage =
        ServiceStorage.open(
            "NotificationService",
            engine.settings(directory),
            "db/notification",
            directory.resolve("temporary"));
    hand.pass(policy.claim());
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void whatIsQueuedIsDueAlthoughTheClockIsSetBack() {
    add();
    hand.setBack(HOUR);
    assertThat(claim(one)).hasSize(1);
    assertThat(claim(other)).isEmpty();
  }

  @Test
  void whatFailedIsTriedAgainAlthoughTheClockIsSetBack() {
    add();
    fail(one, claim(one));
    hand.setBack(HOUR);
    assertThat(claim(other)).hasSize(1);
    assertThat(claim(one)).isEmpty();
  }

  @Test
  void aClockSetBackEndsNoPauseThatCanBe() {
    add();
    fail(one, claim(one));
    hand.pass(Duration.ofMillis(100));
    hand.setBack(Duration.ofSeconds(2));
    assertThat(claim(other)).isEmpty();
  }

  @Test
  void aClaimOfADeadInstanceEndsInTimeAlthoughTheClockIsSetBack() {
    add();
    assertThat(claim(one)).hasSize(1);
    hand.setBack(HOUR);
    assertThat(claim(other)).isEmpty();
    hand.pass(policy.claim().minus(MOMENT));
    assertThat(claim(other)).isEmpty();
    hand.pass(MOMENT);
    assertThat(claim(other)).hasSize(1);
  }

  @Test
  void aClockSetForwardEndsNoClaim() {
    add();
    assertThat(claim(one)).hasSize(1);
    hand.setForward(HOUR);
    assertThat(claim(other)).isEmpty();
    add();
    assertThat(claim(other)).as("what nobody has claimed").hasSize(1);
    hand.pass(policy.claim().minus(MOMENT));
    assertThat(claim(other)).isEmpty();
    hand.pass(MOMENT);
    assertThat(claim(other))
        .as("of a dead instance")
        .extracting(OutgoingNotification::id)
        .contains(1L);
  }

  @Test
  void whoStartsAfterTheClockWasSetForwardEndsNoClaim() {
    add();
    assertThat(claim(one)).hasSize(1);
    hand.setForward(HOUR);
    DeliveryQueue late = queue("NotificationService-3", hand.wall());
    assertThat(claim(late)).isEmpty();
    hand.pass(policy.claim());
    assertThat(claim(late)).hasSize(1);
  }

  @Test
  void theLengthOfTheQueueIsThatOfWhatWaitsAndOfWhatIsDead() {
    assertThat(length("log")).isEqualTo(new QueueLength(0, null, 0));
    Instant first = clock.now();
    add();
    hand.pass(HOUR);
    add();
    assertThat(length("log"))
        .isEqualTo(new QueueLength(2, first.truncatedTo(ChronoUnit.MILLIS), 0));

    hand.pass(policy.deadline());
    assertThat(recordFailures(one, claim(one))).isEqualTo(2);
    assertThat(length("log")).isEqualTo(new QueueLength(0, null, 2));
    assertThat(length("another")).isEqualTo(new QueueLength(0, null, 0));
  }

  private QueueLength length(String channel) {
    return done(sql -> DeliveryQueue.length(sql, channel));
  }

  private DeliveryQueue queue(String slot, WallClock clock) {
    return new DeliveryQueue(slot, "log", policy, clock);
  }

  private void add() {
    Instant now = clock.now();
    New added = new New(3, "email", "log", "hello", now, now.plus(policy.deadline()), null, null);
    done(sql -> NotificationRepository.insert(sql, added));
  }

  private List<OutgoingNotification> claim(DeliveryQueue queue) {
    return done(queue::claim);
  }

  private void fail(DeliveryQueue queue, List<OutgoingNotification> deliveries) {
    assertThat(recordFailures(queue, deliveries)).isZero();
  }

  private int recordFailures(DeliveryQueue queue, List<OutgoingNotification> deliveries) {
    List<DeliveryAttempt> attempts =
        deliveries.stream()
            .map(
                delivery ->
                    new DeliveryAttempt(delivery, new DeliveryResult.Failed("nobody there")))
            .toList();
    return done(sql -> queue.record(sql, attempts));
  }

  private <T> T done(Storage.Work<T> work) {
    return storage.write(work).toCompletableFuture().join();
  }
}
