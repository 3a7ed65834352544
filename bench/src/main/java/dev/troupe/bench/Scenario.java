package dev.troupe.bench;

/** What happens to the product, and under which load. */
enum Scenario {
  KILL_ONLY_GET("kill -9 the only UserService, under GET", 1),
  KILL_ONLY_POST_KEYED("the same, under POST with Idempotency-Key", 1),
  KILL_ONLY_POST("the same, under POST without", 1),
  KILL_ONE_OF_TWO("kill -9 one of two instances, under GET", 2),
  STOP_ONE_OF_TWO("SIGSTOP one of two instances, under GET", 2),
  KILL_SEED("kill -9 the seed node, under mixed load", 1),
  ROLLING("rolling restart, scale to 3 and back, under full load", 1);

  private final String text;
  private final int instances;

  Scenario(String text, int instances) {
    this.text = text;
    this.instances = instances;
  }

  String text() {
    return text;
  }

  /** Of UserService. */
  int instances() {
    return instances;
  }

  Requests requests(String gateway, long user) {
    return switch (this) {
      case KILL_ONLY_POST_KEYED -> Requests.postUser(gateway, true);
      case KILL_ONLY_POST -> Requests.postUser(gateway, false);
      case KILL_SEED, ROLLING -> Requests.mixed(gateway, user);
      default -> Requests.getUser(gateway, user);
    };
  }

  void strike(Product product) {
    switch (this) {
      case STOP_ONE_OF_TWO -> product.signal("STOP", "UserService-2");
      case KILL_SEED -> product.signal("KILL", "seed-1");
      case ROLLING -> {
        product.troupe("restart", "--rolling", "UserService");
        product.troupe("scale", "UserService", "3");
        product.troupe("scale", "UserService", "1");
      }
      default -> product.signal("KILL", "UserService-1");
    }
  }
}
