package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.contract.DocumentedOperation;
import dev.troupe.it.contract.Expectation;
import dev.troupe.it.contract.GeneratedRequest;
import dev.troupe.it.contract.OpenApiContract;
import dev.troupe.it.contract.RequestGenerator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Requests made from the schemas of {@code /openapi.json}, and others that the schemas exclude, to
 * all actions. The {@link Client} compares the answers with the document.
 */
@OnSharedCluster
final class GeneratedRequestsIT {
  // 1 gives the requests of each build. Others are for people who look for more.
  private static final long SEED = Long.getLong("troupe.seed", 1);
  private static final int ROUNDS = Integer.getInteger("troupe.rounds", 40);

  @Test
  void whatTheSchemasSayOfARequestIsWhatItsServiceSays(Cluster cluster) {
    Client client = cluster.client();
    OpenApiContract contract = client.contract();
    RequestGenerator generator = new RequestGenerator(contract, SEED);
    generator.learn("/services/UserService/health");
    List<DocumentedOperation> operations = contract.operations();
    List<String> misfits = new ArrayList<>();
    Map<String, Map<String, Integer>> seen = new TreeMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      for (DocumentedOperation operation : operations) {
        GeneratedRequest request = generator.next(operation);
        Answer answer = send(client, request);
        if (!fits(request.expectation(), answer.status())) {
          misfits.add(
              "%s, and was answered: %d %s".formatted(request, answer.status(), answer.text()));
        }
        seen.computeIfAbsent(operation.id(), id -> new TreeMap<>())
            .merge(request.expectation() + " " + answer.status(), 1, Integer::sum);
        if (!answer.header("Location").isEmpty()) {
          generator.learn(answer.header("Location"));
        }
      }
    }

    assertThat(seen.keySet())
        .contains("UserService.create_user", "OrderService.cancel_order", "GreeterService.greet");
    assertThat(misfits).as("seed " + SEED).isEmpty();
    assertThat(seen)
        .as("each action has done something, or said why it had nothing to do")
        .allSatisfy(
            (id, answers) ->
                assertThat(answers.keySet()).anyMatch(key -> key.matches("VALID ([23]..|409)")));
  }

  private static Answer send(Client client, GeneratedRequest request) {
    HttpRequest.Builder builder = client.request(request.target());
    if (!request.headers().isEmpty()) {
      builder.headers(request.headers().toArray(String[]::new));
    }
    byte[] body = request.body().bytes();
    builder.method(
        request.method(),
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    try {
      return client.send(builder);
    } catch (AssertionError violation) {
      violation.addSuppressed(new AssertionError("seed " + SEED + ": " + request));
      throw violation;
    }
  }

  private static boolean fits(Expectation expectation, int status) {
    return switch (expectation) {
      case VALID -> status < 500 && status != 400 && status != 413 && status != 415;
      case INVALID -> status >= 400 && status < 500;
      case OPEN -> status < 500;
    };
  }
}
