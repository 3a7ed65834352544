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
   * @param client whose share of the keys it is of; empty if nobody knows
   * @param key as the client gave it
   * @param fingerprint what is asked for under the key, see {@link RequestFingerprint}
   * @param answers the answer that an outcome leads to
   */
  public IdempotentWrite(
      String client, String key, String fingerprint, Function<Record, Answer> answers) {
    this.client = client;
    this.key = key;
    this.fingerprint = fingerprint;
    this.answers = answers;
  }

  /** Nothing when {@code request} has no key or only reads. */
  static @Nullable IdempotentWrite of(ServiceRequest request, Action<?, ?> action) {
    String key = request.idempotencyKey();
    return key == null || action.method() == HttpMethod.GET
        ? null
        : new IdempotentWrite(
            Objects.requireNonNullElse(request.client(), ""),
            key,
            RequestFingerprint.of(request),
            value ->
                Answer.of(
                    action.success(),
                    value,
                    action.headers(value, request.path(), request.query())));
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

  /** The answer to keep in the transaction of the write that {@code value} comes from. */
  public Answer answer(Record value) {
    answered = true;
    return answers.apply(value);
  }

  /** Whether a store was given the answer to keep. */
  boolean isAnswered() {
    return answered;
  }
}
