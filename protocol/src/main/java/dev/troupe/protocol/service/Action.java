package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ReplyStatus;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service, stated once: its endpoint, its input and output, the status of
 * success, and what HTTP clients learn beside the body.
 *
 * <p>A component of the input record that is named like a variable of the path comes from the path;
 * the others come from the body (POST, PUT, PATCH) or the query (GET, DELETE). Components are
 * required unless {@code @Nullable}; in a PATCH, what may be missing must still not be null. Names
 * are snake_case outside.
 *
 * @param <I> the input record
 * @param <O> the output record, whose components become fields of the success body
 * @param guarded whether the handler of this write asks {@link CallContext#condition} first
 */
public record Action<I extends Record, O extends Record>(
    String name,
    HttpMethod method,
    PathTemplate path,
    Class<I> input,
    Class<O> output,
    ReplyStatus success,
    boolean idempotent,
    boolean guarded,
    Metadata<O> metadata) {
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

  public static <I extends Record, O extends Record> Action<I, O> patch(
      String name, String path, Class<I> input, Class<O> output) {
    return of(name, HttpMethod.PATCH, path, input, output, ReplyStatus.OK);
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
        name,
        method,
        PathTemplate.of(path),
        input,
        output,
        success,
        method.isIdempotent(),
        false,
        new Metadata<>(null, null, null));
  }

  /** The same action, answering {@code status} when it succeeds. */
  public Action<I, O> status(ReplyStatus status) {
    return new Action<>(name, method, path, input, output, status, idempotent, guarded, metadata);
  }

  /**
   * The same action, saying in {@code Location} where the thing is that it made.
   *
   * @param shown the action that shows such things, by a path of one variable
   * @param id the value of that variable
   */
  public Action<I, O> location(Action<?, ?> shown, Function<O, ?> id) {
    Set<String> variables = shown.path().variables();
    if (variables.size() != 1) {
      throw new IllegalArgumentException(
          "%s: located at %s (expected: a path of one variable)".formatted(name, shown.path()));
    }
    String variable = variables.iterator().next();
    return telling(
        new Metadata<>(
            output -> shown.path().filled(Map.of(variable, String.valueOf(id.apply(output)))),
            metadata.version(),
            metadata.next()));
  }

  /**
   * The same action, saying in {@code ETag} which version of the thing its output is; a read then
   * answers {@code If-None-Match} with 304.
   *
   * @param version a number that is another one after each change
   */
  public Action<I, O> etag(ToLongFunction<O> version) {
    return telling(new Metadata<>(metadata.location(), version, metadata.next()));
  }

  /**
   * The same action, saying in {@code Link} where the next page of a list is, and the first.
   *
   * @param next what to give as the query parameter {@code after} to get the next page, if any
   */
  public Action<I, O> paged(Function<O, @Nullable Object> next) {
    return telling(new Metadata<>(metadata.location(), metadata.version(), next));
  }

  /**
   * The same action, done only under the {@link CallContext#condition} of the request, which its
   * handler asks in the transaction of the write. Other writes refuse requests that have one.
   */
  public Action<I, O> conditional() {
    return new Action<>(name, method, path, input, output, success, idempotent, true, metadata);
  }

  private Action<I, O> telling(Metadata<O> told) {
    return new Action<>(name, method, path, input, output, success, idempotent, guarded, told);
  }

  /**
   * The headers of the answer whose outcome is {@code value}.
   *
   * @param variables of the request's path
   * @param query of the request
   * @throws IllegalArgumentException when that is not an output of this action
   */
  Map<String, String> headers(
      Record value, Map<String, String> variables, Map<String, String> query) {
    if (!output.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s: an outcome of %s (expected: %s, the outcome of the whole call)"
              .formatted(name, value.getClass().getName(), output.getName()));
    }
    return metadata.headers(output.cast(value), path, variables, query);
  }

  public ActionDescriptor descriptor() {
    return new ActionDescriptor(name, method, path, idempotent);
  }
}
