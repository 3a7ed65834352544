package dev.troupe.it.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.troupe.protocol.json.JsonBytes;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes requests from the schemas of a document: about half of them valid, others with one part
 * that is not. The same seed makes the same requests, as long as it learns the same resources.
 */
public final class RequestGenerator {
  private static final int MAX_LEARNED = 50;
  private static final List<String> ODD =
      List.of(
          "abc",
          "1.5",
          "1.0",
          "-1",
          "+1",
          "01",
          "0",
          "1e3",
          "9223372036854775808",
          "null",
          "true",
          "1 ",
          "\u0000",
          "\n",
          "名前",
          "👩‍👩‍👧",
          "\u202e1",
          "a/b",
          "..%2f",
          "%",
          "%zz",
          "'",
          "\"x\"",
          "x".repeat(2_000),
          "[1]",
          "{}",
          "1,2",
          "1&limit=2",
          "*");

  private final Random random;
  private final SchemaOracle oracle;
  private final SchemaValues values;
  private final BodyMutations mutations;
  private final OpenApiContract contract;
  private final List<List<String>> resources = new ArrayList<>();

  public RequestGenerator(OpenApiContract contract, long seed) {
    this.contract = contract;
    this.random = new Random(seed);
    this.oracle = new SchemaOracle(contract);
    this.values = new SchemaValues(contract, random);
    this.mutations = new BodyMutations(random);
  }

  /** Uses the variables of a path that a {@code Location} has named. */
  public void learn(String location) {
    if (resources.size() == MAX_LEARNED) {
      resources.remove(0);
    }
    List<String> segments = DocumentedPaths.segments(location);
    resources.add(segments);
    String last = segments.get(segments.size() - 1);
    if (last.matches("[0-9]{1,18}")) {
      values.learn(Long.parseLong(last));
    }
  }

  public GeneratedRequest next(DocumentedOperation operation) {
    boolean valid = random.nextBoolean();
    Parts parts = new Parts(operation, valid);
    Map<String, String> path = new HashMap<>(learned(operation.template()));
    for (DocumentedOperation.Parameter parameter : operation.parameters()) {
      parts.add(parameter, path);
    }
    byte[] body = body(operation, valid);
    parts.expectation = parts.expectation.and(oracle.body(operation, body));
    String target = filled(operation.template(), path) + query(parts.query);
    return new GeneratedRequest(
        operation, target, parts.headers, JsonBytes.of(body), parts.expectation);
  }

  /** The parts of one request that are parameters. */
  private final class Parts {
    private final boolean valid;
    private final List<String> headers = new ArrayList<>();
    private final List<Map.Entry<String, String>> query = new ArrayList<>();
    private Expectation expectation = Expectation.VALID;

    Parts(DocumentedOperation operation, boolean valid) {
      this.valid = valid;
      if (!operation.key().equals("get")) {
        headers.addAll(List.of("Content-Type", "application/json"));
      }
    }

    void add(DocumentedOperation.Parameter parameter, Map<String, String> path) {
      boolean inPath = parameter.in().equals("path");
      if (!parameter.required() && random.nextInt(4) > 0) {
        return;
      }
      boolean odd = !valid && random.nextInt(3) == 0;
      String text;
      if (odd && parameter.in().equals("header")) {
        text = "\"x" + ",".repeat(random.nextInt(3)) + " y".repeat(random.nextInt(200));
      } else if (odd) {
        text = ODD.get(random.nextInt(ODD.size()));
      } else if (inPath && path.containsKey(parameter.name()) && random.nextInt(8) > 0) {
        text = path.get(parameter.name());
      } else {
        text = values.of(contract.at(parameter.schema())).asText();
      }
      if (parameter.in().equals("header") && !text.matches("[ -~]*")) {
        return;
      }
      // An empty segment, or one of dots, is another path.
      String given = inPath && text.matches("[.\\s]*") ? "1" : text;
      expectation = expectation.and(oracle.parameter(parameter, given));
      switch (parameter.in()) {
        case "path" -> path.put(parameter.name(), given);
        case "query" -> query.add(Map.entry(parameter.name(), given));
        default -> headers.addAll(List.of(parameter.name(), given));
      }
    }
  }

  private byte[] body(DocumentedOperation operation, boolean valid) {
    if (operation.bodySchema().isEmpty()) {
      return new byte[0];
    }
    JsonNode schema = contract.at(operation.bodySchema().get());
    JsonNode value =
        schema.path("properties").isEmpty()
            ? JsonNodeFactory.instance.objectNode()
            : values.of(schema);
    return valid ? value.toString().getBytes(UTF_8) : mutations.of(value);
  }

  private Map<String, String> learned(String template) {
    List<String> wanted = DocumentedPaths.segments(template);
    List<Map<String, String>> fitting = new ArrayList<>();
    for (List<String> resource : resources) {
      Map<String, String> variables = new HashMap<>();
      boolean fits = resource.size() <= wanted.size();
      for (int i = 0; i < resource.size() && fits; i++) {
        String segment = wanted.get(i);
        if (DocumentedPaths.isVariable(segment)) {
          variables.put(segment.substring(1, segment.length() - 1), resource.get(i));
        } else {
          fits = segment.equals(resource.get(i));
        }
      }
      if (fits) {
        fitting.add(variables);
      }
    }
    return fitting.isEmpty() ? Map.of() : fitting.get(random.nextInt(fitting.size()));
  }

  private static String filled(String template, Map<String, String> path) {
    return "/"
        + DocumentedPaths.segments(template).stream()
            .map(
                segment ->
                    DocumentedPaths.isVariable(segment)
                        ? encoded(path.get(segment.substring(1, segment.length() - 1)))
                        : segment)
            .collect(Collectors.joining("/"));
  }

  private static String query(List<Map.Entry<String, String>> query) {
    return query.isEmpty()
        ? ""
        : query.stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
