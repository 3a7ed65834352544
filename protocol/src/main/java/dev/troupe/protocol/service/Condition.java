package dev.troupe.protocol.service;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** The condition of a client for a request: {@code If-Match} or {@code If-None-Match}. */
public final class Condition {
  /** No condition: every version meets it. */
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
   * Whether a write may change the resource, which has {@code version} now. To be called in the
   * transaction of the write; if not, the outcome is {@link Outcome#changed}.
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
