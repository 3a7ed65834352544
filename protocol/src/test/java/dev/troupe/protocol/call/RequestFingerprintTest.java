package dev.troupe.protocol.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class RequestFingerprintTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ActorRef<ServiceReply> NOBODY = KIT.<ServiceReply>createTestProbe().getRef();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void whoAsksAndWhenMakesNoDifference() {
    ServiceRequest first = request("create", Map.of("a", "1"), Map.of(), "{}");
    ServiceRequest second =
        new ServiceRequest(
            9,
            "r9",
            "create",
            Map.of("a", "1"),
            QueryParameters.NONE,
            JsonBytes.of("{}"),
            Deadline.NEVER,
            "k",
            new Preconditions("\"1\"", null),
            TraceContext.begin(),
            NOBODY);
    assertThat(RequestFingerprint.of(first))
        .matches("[0-9a-f]{64}")
        .isEqualTo(RequestFingerprint.of(second));
  }

  @Test
  void theOrderOfParametersMakesNoDifference() {
    Map<String, String> forward = new LinkedHashMap<>();
    Map<String, String> backward = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forward.put("p" + i, "v" + i);
      backward.put("p" + (19 - i), "v" + (19 - i));
    }
    assertThat(RequestFingerprint.of(request("create", forward, Map.of(), "")))
        .isEqualTo(RequestFingerprint.of(request("create", new HashMap<>(backward), Map.of(), "")));
  }

  @Test
  void eachPartCountsAndNoneRunsIntoTheNext() {
    assertThat(
            Stream.of(
                    request("create", Map.of(), Map.of(), "{}"),
                    request("create", Map.of(), Map.of(), "{ }"),
                    request("creat", Map.of(), Map.of(), "e{}"),
                    request("create", Map.of("a", "b"), Map.of(), "{}"),
                    request("create", Map.of(), Map.of("a", "b"), "{}"),
                    request("create", Map.of("ab", ""), Map.of(), "{}"),
                    request("create", Map.of("a", "b", "c", "d"), Map.of(), "{}"),
                    request("create", Map.of("a", "b"), Map.of("c", "d"), "{}"),
                    repeated("b", "c"),
                    repeated("c", "b"),
                    repeated("b", "b"))
                .map(RequestFingerprint::of))
        .doesNotHaveDuplicates();
  }

  private static ServiceRequest repeated(String first, String second) {
    QueryParameters query = new QueryParameters(Map.of("a", List.of(first, second)));
    return request("create", Map.of(), query, "{}");
  }

  private static ServiceRequest request(
      String action, Map<String, String> path, Map<String, String> query, String body) {
    return request(action, path, QueryParameters.of(query), body);
  }

  private static ServiceRequest request(
      String action, Map<String, String> path, QueryParameters query, String body) {
    return new ServiceRequest(
        1, "r1", action, path, query, JsonBytes.of(body), Deadline.NEVER, null, null, null, NOBODY);
  }
}
