package dev.troupe.bench;

import java.util.List;
import java.util.stream.Stream;

/** The cases of {@code bench/recovery}: a disturbance, a load, and what clients may notice. */
enum Scenario {
  KILL_ONLY_GET("kill -9 the only UserService, under GET"),
  KILL_ONLY_POST_KEYED("the same, under POST with Idempotency-Key"),
  KILL_ONLY_POST("the same, under POST without"),
  KILL_ONE_OF_TWO("kill -9 one of two instances, under GET"),
  STOP_ONE_OF_TWO("SIGSTOP one of two instances, under GET"),
  KILL_SEED("kill -9 the seed node, under mixed load"),
  KILL_GATEWAY("kill -9 one of two gateways, new connections"),
  ROLLING("rolling restart, scale to 3 and back, full load"),
  DEPLOY("deploy and rollback of one of two, ten times, full load");

  private static final double SHORT_MILLIS = 300;
  private static final double AT_ONCE_MILLIS = 1_000;
  private static final double RELAUNCH_MILLIS = 3_000;
  private static final double STOPPED_MILLIS = 5_000;

  /**
   * The default of troupe.health.suspect-after: from then on a silent instance gets no requests.
   */
  private static final long SUSPECT_AFTER_MILLIS = 3_000;

  private final String text;

  Scenario(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Number of instances of UserService. */
  int instances() {
    return this == KILL_ONE_OF_TWO || this == STOP_ONE_OF_TWO ? 2 : 1;
  }

  int gateways() {
    return this == KILL_GATEWAY ? 2 : 1;
  }

  /** Whether requests are sent as fast as answers come, instead of at a constant rate. */
  boolean isFullLoad() {
    return this == ROLLING || this == DEPLOY;
  }

  Requests requests(String gateway, long user) {
    return switch (this) {
      case KILL_ONLY_POST_KEYED -> Requests.postUser(gateway, true);
      case KILL_ONLY_POST -> Requests.postUser(gateway, false);
      case KILL_SEED, ROLLING -> Requests.mixed(gateway, user);
      case DEPLOY -> Requests.greetings(gateway);
      case KILL_GATEWAY -> Requests.mixed(gateway, user).onNewConnections();
      case KILL_ONLY_GET, KILL_ONE_OF_TWO, STOP_ONE_OF_TWO -> Requests.getUser(gateway, user);
    };
  }

  /**
   * The bounds that each run must hold.
   *
   * @param fullLoad least number of requests in a run under full load
   */
  List<Bound> bounds(long fullLoad) {
    Stream<Bound> bounds =
        switch (this) {
          case KILL_ONLY_GET, KILL_ONLY_POST_KEYED ->
              Stream.of(Bound.NONE_FAILED, longest(RELAUNCH_MILLIS));
          case KILL_ONLY_POST ->
              Stream.of(
                  Bound.any("failed", RecoveryRun::failed),
                  Bound.atMost(
                      "failed, not in flight at the kill", 0, RecoveryRun::failedThoughKnown),
                  Bound.atMost(
                      "longest failure, ms", AT_ONCE_MILLIS, RecoveryRun::longestFailureMillis),
                  longest(RELAUNCH_MILLIS));
          case KILL_ONE_OF_TWO, KILL_SEED -> Stream.of(Bound.NONE_FAILED, longest(SHORT_MILLIS));
          case STOP_ONE_OF_TWO ->
              Stream.of(
                  Bound.NONE_FAILED,
                  Bound.atMost(
                      "longest answer, sent in the first 3 s, ms",
                      STOPPED_MILLIS,
                      run -> run.longestMillisBefore(SUSPECT_AFTER_MILLIS)),
                  Bound.atMost(
                      "longest answer, sent after 3 s, ms",
                      SHORT_MILLIS,
                      run -> run.longestMillisAfter(SUSPECT_AFTER_MILLIS)));
          case KILL_GATEWAY ->
              Stream.of(
                  Bound.any("failed, on its open connections", RecoveryRun::failed),
                  Bound.atMost("failed, on newer connections", 0, RecoveryRun::failedThoughGone));
          case ROLLING, DEPLOY ->
              Stream.of(
                  Bound.NONE_FAILED,
                  Bound.atLeast("requests", (double) fullLoad, RecoveryRun::requests));
        };
    return Stream.concat(bounds, Stream.of(Bound.NONE_LOST, Bound.NONE_TWICE)).toList();
  }

  /**
   * Disturbs the processes, and returns when.
   *
   * @param fullLoad number of requests to be sent while services are restarted and scaled
   */
  RecoveryRun.Disruption strike(ClusterUnderTest product, Load load, long fullLoad) {
    if (!isFullLoad()) {
      return signal(product, load);
    }
    long begun = load.now();
    if (this == DEPLOY) {
      product.greeters().change(product, load, fullLoad);
      return new RecoveryRun.Disruption(begun, load.now());
    }
    do {
      product.troupe("restart", "--rolling", "UserService");
      product.troupe("scale", "UserService", "3");
      product.troupe("scale", "UserService", "1");
    } while (load.sent() < fullLoad);
    return new RecoveryRun.Disruption(begun, load.now());
  }

  private RecoveryRun.Disruption signal(ClusterUnderTest product, Load load) {
    String slot =
        switch (this) {
          case STOP_ONE_OF_TWO -> "UserService-2";
          case KILL_SEED -> "seed-1";
          case KILL_GATEWAY -> "gateway-1";
          default -> "UserService-1";
        };
    List<Long> pid = List.of(product.pid(slot));
    long begun = load.now();
    if (this == STOP_ONE_OF_TWO) {
      product.signal("STOP", pid);
    } else {
      product.kill(pid);
    }
    return new RecoveryRun.Disruption(begun, load.now());
  }

  private static Bound longest(double millis) {
    return Bound.atMost("longest answer, ms", millis, RecoveryRun::longestMillis);
  }
}
