package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.seed.alerts.AlertsActor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The alerts that last, and a test of their receivers. */
final class AlertRoutes {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
  // A receiver has ten seconds.
  private static final Duration TEST_TIMEOUT = Duration.ofSeconds(15);

  private final ActorSystem<?> system;
  private final ActorRef<AlertsActor.Command> alerts;

  AlertRoutes(ActorSystem<?> system, ActorRef<AlertsActor.Command> alerts) {
    this.system = system;
    this.alerts = alerts;
  }

  private record AlertList(List<Alert> alerts) {}

  private record TestResult(List<AlertDelivery> results) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/alerts", Permission.READ, request -> current()),
        ManagementRoute.post("/alerts/test", Permission.OPERATE, request -> test()));
  }

  private CompletionStage<HttpResponse> current() {
    CompletionStage<List<Alert>> current =
        AskPattern.ask(alerts, AlertsActor.GetAlerts::new, ASK_TIMEOUT, system.scheduler());
    return current.thenApply(now -> json(200, new AlertList(now)));
  }

  private CompletionStage<HttpResponse> test() {
    CompletionStage<List<AlertDelivery>> test =
        AskPattern.ask(alerts, AlertsActor.Test::new, TEST_TIMEOUT, system.scheduler());
    return test.thenApply(results -> json(200, new TestResult(results)));
  }
}
