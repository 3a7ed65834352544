package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Answer;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.RequestFingerprint;
import dev.troupe.protocol.call.ServiceRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A write that its client may send again under the same idempotency key. Thread-safe. */
public final class KeyedWrite {
  private final String key;
  private final String fingerprint;
  private final ReplyStatus success;
  private volatile boolean answered;

  /**
   * @param key as the client gave it
   * @param fingerprint what is asked for under the key, see {@link RequestFingerprint}
   * @param success the status of the answer
   */
  public KeyedWrite(String key, String fingerprint, ReplyStatus success) {
    this.key = key;
    this.fingerprint = fingerprint;
    this.success = success;
  }

  /** Nothing when {@code request} has no key or only reads. */
  static @Nullable KeyedWrite of(ServiceRequest request, Action<?, ?> action) {
    String key = request.idempotencyKey();
    return key == null || action.method() == HttpMethod.GET
        ? null
        : new KeyedWrite(key, RequestFingerprint.of(request), action.success());
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
    return Answer.of(success, value, Map.of());
  }

  /** Whether a store was given the answer to keep. */
  boolean isAnswered() {
    return answered;
  }
}
