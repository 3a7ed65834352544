package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;
import java.lang.reflect.RecordComponent;
import java.util.Set;

/**
 * One operation of a service, stated once: its endpoint, its input and output, and the status of
 * success.
 *
 * <p>A component of the input record that is named like a variable of the path comes from the path;
 * the others come from the body (POST, PUT, PATCH) or the query (GET, DELETE). Components are
 * required unless {@code @Nullable}. Names are snake_case outside.
 *
 * @param <I> the input record
 * @param <O> the output record, whose components become fields of the success body
 */
public record Action<I extends Record, O extends Record>(
    String name,
    HttpMethod method,
    PathTemplate path,
    Class<I> input,
    Class<O> output,
    ReplyStatus success,
    boolean idempotent) {
  private static final Set<String> OF_THE_ENVELOPE = Set.of("status", "requestId");

  public Action {
    for (RecordComponent component : output.getRecordComponents()) {
      if (OF_THE_ENVELOPE.contains(component.getName())) {
        throw new IllegalArgumentException(
            "%s: component %s of %s (expected: another name; every answer has a field of this one)"
                .formatted(name, component.getName(), output.getName()));
      }
    }
    if (!success.isSuccess()) {
      throw new IllegalArgumentException(
          name + ": " + success + " (expected: a status of success)");
    }
  }

  public static <I extends Record, O extends Record> Action<I, O> get(
      String name, String path, Class<I> input, Class<O> output) {
    return of(name, HttpMethod.GET, path, input, output, ReplyStatus.OK);
  }

  /** A POST that answers 201 Created. */
  public static <I extends Record, O extends Record> Action<I, O> post(
      String name, String path, Class<I> input, Class<O> output) {
    return of(name, HttpMethod.POST, path, input, output, ReplyStatus.CREATED);
  }

  public static <I extends Record, O extends Record> Action<I, O> put(
      String name, String path, Class<I> input, Class<O> output) {
    return of(name, HttpMethod.PUT, path, input, output, ReplyStatus.OK);
  }

  public static <I extends Record, O extends Record> Action<I, O> delete(
      String name, String path, Class<I> input, Class<O> output) {
    return of(name, HttpMethod.DELETE, path, input, output, ReplyStatus.OK);
  }

  private static <I extends Record, O extends Record> Action<I, O> of(
      String name,
      HttpMethod method,
      String path,
      Class<I> input,
      Class<O> output,
      ReplyStatus success) {
    return new Action<>(
        name, method, PathTemplate.of(path), input, output, success, method.isIdempotent());
  }

  /** The same action, answering {@code status} when it succeeds. */
  public Action<I, O> answering(ReplyStatus status) {
    return new Action<>(name, method, path, input, output, status, idempotent);
  }

  public ActionDescriptor descriptor() {
    return new ActionDescriptor(name, method, path, idempotent);
  }
}
