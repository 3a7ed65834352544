package dev.troupe.it.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what the schemas of a document say of the parts of a request. */
final class SchemaOracle {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  // JSON leaves open what these mean, or how much of it a program must bear (RFC 8259, 6 to 9).
  private static final Pattern OPEN =
      Pattern.compile("[0-9][eE][+]?[0-9]{4,}|\\\\u[dD][89a-fA-F]|\\[{100}|\uFEFF");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");

  private final OpenApiContract contract;

  SchemaOracle(OpenApiContract contract) {
    this.contract = contract;
  }

  Expectation body(DocumentedOperation operation, byte @Nullable [] body) {
    Optional<String> schema = operation.bodySchema();
    if (schema.isEmpty() || operation.key().equals("delete")) {
      return Expectation.VALID;
    }
    if (body == null || body.length == 0) {
      return operation.isBodyRequired() ? Expectation.INVALID : Expectation.VALID;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return Expectation.INVALID;
    }
    if (OPEN.matcher(text).find() || text.isBlank()) {
      return Expectation.OPEN;
    }
    try {
      JsonNode value = STRICT.readTree(text);
      return contract.faults(schema.get(), value).isEmpty()
          ? Expectation.VALID
          : Expectation.INVALID;
    } catch (IOException e) {
      boolean duplicate = String.valueOf(e.getMessage()).startsWith("Duplicate field");
      return duplicate ? Expectation.OPEN : Expectation.INVALID;
    }
  }

  Expectation parameter(DocumentedOperation.Parameter parameter, String text) {
    JsonNode schema = contract.at(parameter.schema());
    boolean integer = schema.path("type").asText().equals("integer");
    if (integer && !INTEGER.matcher(text).matches()) {
      boolean digits = text.matches("[+-]?[0-9]+(\\.0+)?");
      return digits ? Expectation.OPEN : Expectation.INVALID;
    }
    JsonNode value =
        integer
            ? JsonNodeFactory.instance.numberNode(new java.math.BigInteger(text))
            : JsonNodeFactory.instance.textNode(text);
    return contract.faults(parameter.schema(), value).isEmpty()
        ? Expectation.VALID
        : Expectation.INVALID;
  }
}
