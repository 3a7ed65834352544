package dev.troupe.seed;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;

/** Actor systems for tests, patient enough for a machine that is busy with something else. */
public final class TestKits {
  private static final Config PATIENT =
      ConfigFactory.parseString("pekko.actor.testkit.typed.single-expect-default = 20 s");

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
