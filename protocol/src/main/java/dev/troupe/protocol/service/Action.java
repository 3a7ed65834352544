package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.json.JsonBytes;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service: its method and path, its input and output, the status of success, and
 * the headers of its replies.
 *
 * <p>A component of the input record that is named like a variable of the path comes from the path;
 * the others come from the body (POST, PUT, PATCH) or the query (GET, DELETE). A component is
 * required unless it is {@code @Nullable}. In a PATCH a field may be missing but not null. Clients
 * see the names in snake_case.
 *
 * <p>An action whose output is {@link NoContent} answers 204; one whose output is {@link Content}
 * answers its bytes; one whose output is {@link Download} or {@link EventStream} answers a stream.
 *
 * @param <I> the input record
 * @param <O> the output record, whose components become fields of the success body unless it is
 *     {@link NoContent}, {@link Content} or a {@link StreamedOutput}
 * @param maxUpload the largest body in bytes of an action whose handler reads {@link
 *     CallContext#body}; {@link #NO_UPLOAD} for others
 * @param headers of the request that the handler can read, in lower case
 * @param guarded whether the handler of this write checks {@link CallContext#condition}
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
    long maxUpload,
    Metadata<O> metadata,
    List<String> headers) {
  /** The {@code maxUpload} of an action whose body is no upload. */
  public static final long NO_UPLOAD = 0;

  /** The {@code maxUpload} of an action for which {@code troupe.streams.max-upload} holds. */
  public static final long MAX_UPLOAD_OF_SETTINGS = -1;

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Set<String> OF_THE_ENVELOPE = Set.of("status", "requestId");

  public Action {
    headers = List.copyOf(headers);
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
    if (maxUpload != NO_UPLOAD && !method.hasBody()) {
      throw new IllegalArgumentException(
          "%s: an upload with %s (expected: POST, PUT or PATCH)".formatted(name, method));
    }
    if (output == NoContent.class != (success == ReplyStatus.NO_CONTENT)) {
      throw new IllegalArgumentException(
          "%s: %s with the output %s (expected: NO_CONTENT and NoContent together)"
              .formatted(name, success, output.getName()));
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
        output == NoContent.class ? ReplyStatus.NO_CONTENT : success,
        method.isIdempotent(),
        false,
        NO_UPLOAD,
        new Metadata<>(null, null, null),
        List.of());
  }

  /** The same action with {@code status} as its status of success. */
  public Action<I, O> status(ReplyStatus status) {
    return copy(status, guarded, maxUpload, metadata, headers);
  }

  /**
   * The same action with a {@code Location} header: the path of the resource that it created.
   *
   * @param shown the action that reads such a resource, with a path of one variable
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
   * The same action with an {@code ETag} header: the version of the resource in its output. A GET
   * then answers {@code If-None-Match} with 304.
   *
   * @param version the number of the version, different after each change
   */
  public Action<I, O> etag(ToLongFunction<O> version) {
    return telling(new Metadata<>(metadata.location(), version, metadata.next()));
  }

  /**
   * The same action with a {@code Link} header: to the next and the first page of a list.
   *
   * @param next the query parameter {@code after} of the next page; null on the last page
   */
  public Action<I, O> paged(Function<O, @Nullable Object> next) {
    return telling(new Metadata<>(metadata.location(), metadata.version(), next));
  }

  /**
   * The same action for requests with a condition: its handler checks {@link CallContext#condition}
   * in the transaction of the write. Other writes refuse requests that have a condition.
   */
  public Action<I, O> conditional() {
    return copy(success, true, maxUpload, metadata, headers);
  }

  /**
   * The same action for requests whose body is not JSON and may be larger than memory: its handler
   * reads {@link CallContext#body}. Its input comes from the path and the query. {@code
   * troupe.streams.max-upload} bounds the body.
   */
  public Action<I, O> upload() {
    return uploading(MAX_UPLOAD_OF_SETTINGS);
  }

  /**
   * The same as {@link #upload()}, with a limit of its own.
   *
   * @param maxBytes of the body; more is answered with 413
   */
  public Action<I, O> upload(long maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException(
          "%s: an upload of at most %d bytes (expected: 1 or more)".formatted(name, maxBytes));
    }
    return uploading(maxBytes);
  }

  private Action<I, O> uploading(long maxBytes) {
    return copy(success, guarded, maxBytes, metadata, headers);
  }

  /**
   * The same action, whose handler can read these headers of the request with {@link
   * CallContext#header}.
   *
   * @param names like {@code Accept-Language}
   */
  public Action<I, O> headers(String... names) {
    List<String> asked = new ArrayList<>(headers);
    for (String header : names) {
      if (!HEADER_NAME.matcher(header).matches()) {
        throw new IllegalArgumentException(
            "%s: a header named '%s' (expected: 1 to 100 letters, digits and -)"
                .formatted(name, header));
      }
      asked.add(header.toLowerCase(Locale.ROOT));
    }
    return copy(success, guarded, maxUpload, metadata, asked);
  }

  private Action<I, O> copy(
      ReplyStatus success,
      boolean guarded,
      long maxUpload,
      Metadata<O> metadata,
      List<String> headers) {
    return new Action<>(
        name,
        method,
        path,
        input,
        output,
        success,
        idempotent,
        guarded,
        maxUpload,
        metadata,
        headers);
  }

  private Action<I, O> telling(Metadata<O> told) {
    return copy(success, guarded, maxUpload, told, headers);
  }

  /**
   * The answer whose outcome is {@code value}, without the body if that is a stream.
   *
   * @param headers those of {@link #headers}
   */
  Answer answer(Record value, Map<String, String> headers) {
    if (value instanceof NoContent) {
      return Answer.noContent(headers);
    }
    if (value instanceof StreamedOutput stream) {
      Map<String, String> all = new HashMap<>(headers);
      all.putAll(stream.headers());
      return new Answer(success, JsonBytes.EMPTY, all);
    }
    return value instanceof Content content
        ? Answer.ofBytes(success, content.type(), content.bytes(), headers)
        : Answer.of(success, value, headers);
  }

  /**
   * The headers of the reply whose outcome is {@code value}.
   *
   * @param variables of the request's path
   * @param query of the request
   * @throws IllegalArgumentException when {@code value} is no output of this action
   */
  Map<String, String> headers(Record value, Map<String, String> variables, QueryParameters query) {
    if (!output.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s: an outcome of %s (expected: %s, the outcome of the whole call)"
              .formatted(name, value.getClass().getName(), output.getName()));
    }
    return metadata.headers(output.cast(value), path, variables, query);
  }

  /**
   * What a caller of this action gets from its successful reply.
   *
   * @throws IOException when the reply has no output of this action
   */
  public O output(ServiceReply reply) throws IOException {
    String type = reply.headers().get(ServiceReply.CONTENT_TYPE);
    if (output == NoContent.class) {
      return output.cast(new NoContent());
    }
    if (output == Content.class && type != null) {
      return output.cast(new Content(type, reply.data().bytes()));
    }
    return Json.MAPPER.readValue(reply.data().bytes(), output);
  }

  /**
   * Whether the reply is a stream. The reply is not stored for an idempotency key, and no other
   * service can call the action.
   */
  public boolean isStreamed() {
    return StreamedOutput.class.isAssignableFrom(output);
  }

  /** Whether the body of a request is an upload. */
  boolean isUpload() {
    return maxUpload != NO_UPLOAD;
  }

  /** Whether the fields of the input that are not in the path are in the body. */
  boolean hasInputInBody() {
    return method.hasBody() && !isUpload();
  }

  /** Whether a repeated request cannot be recognized, or its reply cannot be stored. */
  boolean isUnrepeatable() {
    return isStreamed() || isUpload();
  }

  public ActionDescriptor descriptor() {
    return new ActionDescriptor(name, method, path, idempotent, maxUpload, headers);
  }
}
