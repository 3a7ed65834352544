package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** What a client wants to be true of a thing before its request is done: {@code If-Match} etc. */
public final class Condition {
  /** Nothing, which every version meets. */
  public static final Condition NONE = new Condition(null, null);

  private final @Nullable EntityTags ifMatch;
  private final @Nullable EntityTags ifNoneMatch;

  private Condition(@Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {
    this.ifMatch = ifMatch;
    this.ifNoneMatch = ifNoneMatch;
  }

  /**
   * @throws InvalidInputException when the client's headers are not well-formed
   */
  static Condition of(ServiceRequest request) {
    Preconditions given = request.preconditions();
    return given == null
        ? NONE
        : new Condition(
            tags("If-Match", given.ifMatch()), tags("If-None-Match", given.ifNoneMatch()));
  }

  private static @Nullable EntityTags tags(String header, @Nullable String list) {
    return list == null ? null : EntityTags.in(header, list);
  }

  /**
   * Whether a write may change the thing, which is in {@code version} now. To be asked in the
   * transaction of the write; {@link Outcome#changed} is the answer when not.
   */
  public boolean isMetBy(long version) {
    String tag = EntityTags.of(version);
    return matches(tag) && !excludes(tag);
  }

  boolean matches(String tag) {
    return ifMatch == null || ifMatch.has(tag);
  }

  boolean excludes(String tag) {
    return ifNoneMatch != null && ifNoneMatch.hasWeakly(tag);
  }
}
