package dev.troupe.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/** Actor systems for tests, patient enough for a machine that is busy with something else. */
public final class TestKits {
  private static final Config PATIENT =
      ConfigFactory.parseString(
          """
          pekko.actor.testkit.typed.single-expect-default = 20 s
          one-thread {
            executor = thread-pool-executor
            thread-pool-executor.fixed-pool-size = 1
          }
          """);

  /** Actors that have their turns one after the other. */
  public static final Props ONE_THREAD = DispatcherSelector.fromConfig("one-thread");

  private TestKits() {}

  /** With time that passes by order. */
  public static ActorTestKit manualTime() {
    return ActorTestKit.create(PATIENT.withFallback(ManualTime.config()));
  }

  /** With time that passes by itself. */
  public static ActorTestKit realTime() {
    return ActorTestKit.create(PATIENT);
  }
}
