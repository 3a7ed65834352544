package dev.troupe.protocol.call;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.util.List;

/**
 * What is wrong with one field of a request. An error reply carries a list of them as its data.
 *
 * @param field where the value stands, like {@code lines[0].quantity}; empty when the fault is that
 *     of the whole input
 * @param code what is wrong, for a program: {@code missing}, {@code type}, or the constraint in
 *     snake_case, like {@code not_blank}
 * @param message what is wrong and what was expected, for a person
 */
public record FieldError(String field, String code, String message) {
  /** The most errors of one reply. */
  public static final int MOST = 20;

  private static final int LONGEST_FIELD = 200;
  private static final int LONGEST_CODE = 50;
  private static final int LONGEST_MESSAGE = 500;
  private static final TypeReference<List<FieldError>> LIST = new TypeReference<>() {};

  public FieldError {
    field = cut(field, LONGEST_FIELD);
    code = cut(code, LONGEST_CODE);
    message = cut(message, LONGEST_MESSAGE);
  }

  /** The data of the reply that tells {@code errors}; none when there are none. */
  public static JsonBytes write(List<FieldError> errors) {
    return errors.isEmpty() ? JsonBytes.EMPTY : JsonBytes.of(Json.write(first(errors)));
  }

  /** The errors of an error reply; none when its data holds something else. */
  public static List<FieldError> read(JsonBytes data) {
    if (data.isEmpty()) {
      return List.of();
    }
    try {
      return first(Json.MAPPER.readValue(data.bytes(), LIST));
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static List<FieldError> first(List<FieldError> errors) {
    return List.copyOf(errors.subList(0, Math.min(MOST, errors.size())));
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    // Half of a surrogate pair could not be written into the answer.
    boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splits ? longest - 1 : longest) + "…";
  }
}
