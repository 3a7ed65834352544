package dev.troupe.gateway;

import static dev.troupe.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.InstanceState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own endpoints. */
class StatusPagesTest {
  @TempDir static Path home;
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayFixture.start(home);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void theIndexNamesWhatCanBeAskedOfServicesAndGateway() throws Exception {
    gateway.showAllReady();

    assertThat(body("/"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"status":"success","message":"Troupe gateway","version":"1.2.3",
                 "endpoints":{"users":"/users","orders":"/orders","services":"/services",
                              "health":"/health","cluster":"/cluster"}}
                """));
  }

  @Test
  void healthIsHealthyWhenEveryServiceHasAReadyInstance() throws Exception {
    gateway.showAllReady();

    HttpResponse<String> response = gateway.get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"status":"healthy","services":{
                  "UserService":{"health":"healthy","ready":1,"expected":1},
                  "OrderService":{"health":"healthy","ready":1,"expected":2}}}
                """));
  }

  @Test
  void healthIsDegradedWhenOneServiceHasNone() throws Exception {
    gateway.show(
        new Views().service(Views.users()).service(Views.orders()).ready("UserService", "u"));

    HttpResponse<String> response = gateway.get("/health");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).path("status").asText()).isEqualTo("degraded");
    assertThat(json(response).at("/services/OrderService/health").asText()).isEqualTo("dead");
  }

  @Test
  void healthSaysWhyAServiceIsUnhealthy() throws Exception {
    gateway.show(
        new Views()
            .service(Views.users())
            .instance(
                "UserService",
                "UserService-1",
                InstanceState.UNHEALTHY,
                "Up",
                true,
                false,
                "disk full"));

    assertThat(json(gateway.get("/health")).at("/services/UserService/reason").asText())
        .isEqualTo("disk full");
    assertThat(body("/services/UserService/health").path("reason").asText()).isEqualTo("disk full");
  }

  @Test
  void servicesShowsTheirNumbersAndInstances() throws Exception {
    gateway.show(
        new Views()
            .service(Views.users(), 120, 3)
            .instance(
                "UserService",
                "UserService-1",
                InstanceState.UNHEALTHY,
                "Up",
                true,
                false,
                "disk full")
            .ready("UserService", "UserService-2")
            .ready("gateway", "gateway-1"));

    JsonNode body = body("/services");

    assertThat(body.path("status").asText()).isEqualTo("success");
    assertThat(body.path("count").asInt()).isEqualTo(2);
    assertThat(body.path("services").fieldNames())
        .toIterable()
        .containsExactly("OrderService", "UserService");
    JsonNode users = body.at("/services/UserService");
    assertThat(users.path("pid").asLong()).isEqualTo(4002);
    assertThat(users.path("status").asText()).isEqualTo("running");
    assertThat(users.path("registered_at").asText()).isEqualTo(Views.REGISTERED.toString());
    assertThat(users.at("/stats/requests").asLong()).isEqualTo(120);
    assertThat(users.at("/stats/errors").asLong()).isEqualTo(3);
    assertThat(users.at("/stats/started_at").asText()).isEqualTo(Views.STARTED.toString());
    assertThat(users.at("/stats/last_heartbeat").asText()).isEqualTo(Views.BEAT.toString());
    JsonNode instance = users.at("/instances/0");
    assertThat(instance.path("slot").asText()).isEqualTo("UserService-1");
    assertThat(instance.path("generation").asInt()).isEqualTo(2);
    assertThat(instance.path("pid").asLong()).isEqualTo(4001);
    assertThat(instance.path("address").asText()).isEqualTo("pekko://troupe@127.0.0.1:25001");
    assertThat(instance.path("state").asText()).isEqualTo("unhealthy");
    assertThat(instance.path("reason").asText()).isEqualTo("disk full");
    assertThat(instance.path("in_flight").asInt()).isEqualTo(3);
    assertThat(instance.path("heap_bytes").asLong()).isEqualTo(1024);
    assertThat(instance.path("cpu_seconds").asDouble()).isEqualTo(1.5);
    assertThat(instance.path("uptime_seconds").asLong())
        .isCloseTo(
            Instant.now().getEpochSecond() - Views.STARTED.getEpochSecond(),
            org.assertj.core.data.Offset.offset(10L));
  }

  @Test
  void aServiceWithoutALivingInstanceIsShownAsDead() throws Exception {
    gateway.show(
        new Views()
            .service(Views.users(), 9, 1)
            .instance("UserService", "u", InstanceState.READY, "Down", false, false, null));

    assertThat(body("/services").at("/services/UserService"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"pid":null,"status":"dead","registered_at":null,
                 "stats":{"requests":9,"errors":1,"started_at":null,"last_heartbeat":null},
                 "instances":[],"callers":[]}
                """));
  }

  @Test
  void everyNodeThatCallsAServiceSaysHowThatGoes() throws Exception {
    CallReport report =
        new CallReport(
            new CallReport.WaitingRoom(2, 50, 20, 9, 1, 3),
            new CallReport.Timeout(5000, 8),
            new CallReport.CircuitBreaker(BreakerState.HALF_OPEN, null, 40, 20, 1, 7),
            new CallReport.Bulkhead(5, 768, 4),
            new CallReport.RetryBudget(11, 6, 1013),
            List.of(new CallReport.SuspendedAction("crash", List.of("UserService-1"), 29, 4)));
    gateway.show(
        new Views()
            .service(Views.users())
            .ready("gateway", "gateway-1")
            .calling("UserService", report)
            .ready("gateway", "gateway-2"));

    JsonNode services = body("/services").path("services");

    assertThat(services.at("/UserService/callers"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                [{"slot":"gateway-2",
                  "waiting_room":{"requests":2,"bytes":50,"oldest_millis":20,
                                  "admitted":9,"overflowed":1,"expired":3},
                  "timeout":{"millis":5000,"reached":8},
                  "circuit_breaker":{"state":"half-open","calls":40,"failures":20,
                                     "opened":1,"refused":7},
                  "bulkhead":{"calls":5,"max_calls":768,"refused":4},
                  "retry_budget":{"retries":11,"refused":6,"left":1013},
                   "suspended_actions":[{"action":"crash","slots":["UserService-1"],
                     "seconds_left":29,"refused":4}]}]
                """));
    assertThat(services.at("/OrderService/callers")).isEmpty();
  }

  @Test
  void anInstanceThatOthersCannotHearIsShownSo() throws Exception {
    gateway.show(
        new Views()
            .service(Views.users())
            .instance("UserService", "u1", InstanceState.READY, "Up", false, false, null)
            .instance("UserService", "u2", InstanceState.READY, "Up", true, true, null)
            .instance("UserService", "u3", InstanceState.READY, "Leaving", true, false, null)
            .instance("UserService", "u4", InstanceState.DRAINING, "Up", true, false, null));

    JsonNode users = body("/services").at("/services/UserService");

    assertThat(users.path("status").asText()).isEqualTo("unhealthy");
    assertThat(users.path("instances").findValuesAsText("state"))
        .containsExactly("unreachable", "silent", "leaving", "draining");
  }

  @Test
  void theHealthOfOneService() throws Exception {
    gateway.show(new Views().service(Views.users(), 5, 0).ready("UserService", "UserService-1"));

    JsonNode healthy = body("/services/UserService/health");

    assertThat(healthy.path("service").asText()).isEqualTo("UserService");
    assertThat(healthy.path("health").asText()).isEqualTo("healthy");
    assertThat(healthy.at("/stats/requests").asLong()).isEqualTo(5);
    assertThat(body("/services/OrderService/health").path("health").asText()).isEqualTo("dead");
  }

  @Test
  void theHealthOfAServiceNobodyKnows() throws Exception {
    gateway.showAllReady();

    HttpResponse<String> response = gateway.get("/services/gateway/health");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("message").asText())
        .isEqualTo("there is no service with this name; GET /services shows all services");
  }

  @Test
  void theClusterShowsEveryMemberTheOldestFirst() throws Exception {
    gateway.show(
        new Views().ready("seed", "seed-1").service(Views.users()).ready("UserService", "u-1"));

    JsonNode body = body("/cluster");

    assertThat(body.path("count").asInt()).isEqualTo(2);
    assertThat(body.at("/members/0"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"address":"pekko://troupe@127.0.0.1:25001","roles":["seed"],"status":"Up",
                 "reachable":true,"age":1,"leader":true,"self":true,
                 "slot":"seed-1","generation":2,"pid":4001}
                """));
    assertThat(body.at("/members/1/roles/0").asText()).isEqualTo("UserService");
  }

  private static JsonNode body(String path) throws Exception {
    HttpResponse<String> response = gateway.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return json(response);
  }
}
