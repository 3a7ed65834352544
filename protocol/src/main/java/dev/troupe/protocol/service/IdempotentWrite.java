package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.RequestFingerprint;
import dev.troupe.protocol.call.ServiceRequest;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write that its client may send again under the same idempotency key. Thread-safe. */
public final class IdempotentWrite {
  private final String client;
  private final String key;
  private final String fingerprint;
  private final Function<Record, Answer> answers;
  private volatile boolean answered;

  /**
   * @param client the address of the client, whose number of keys is limited; empty if it is not
   *     known
   * @param key as the client gave it
   * @param fingerprint identifies the content of the request, see {@link RequestFingerprint}
   * @param answers makes the reply of an outcome
   */
  public IdempotentWrite(
      String client, String key, String fingerprint, Function<Record, Answer> answers) {
    this.client = client;
    this.key = key;
    this.fingerprint = fingerprint;
    this.answers = answers;
  }

  /** Null when {@code request} has no key or only reads, or when its reply cannot be stored. */
  static @Nullable IdempotentWrite of(ServiceRequest request, Action<?, ?> action) {
    String key = request.idempotencyKey();
    return key == null || action.method() == HttpMethod.GET || action.isUnrepeatable()
        ? null
        : new IdempotentWrite(
            Objects.requireNonNullElse(request.client(), ""),
            key,
            RequestFingerprint.of(request),
            value -> action.answer(value, action.headers(value, request.path(), request.query())));
  }

  public String client() {
    return client;
  }

  public String key() {
    return key;
  }

  public String fingerprint() {
    return fingerprint;
  }

  /** The reply to store in the transaction of the write whose outcome is {@code value}. */
  public Answer answer(Record value) {
    answered = true;
    return answers.apply(value);
  }

  /** Whether a store has got the reply to store. */
  boolean isAnswered() {
    return answered;
  }
}
