package dev.troupe.protocol.call;

import org.jspecify.annotations.Nullable;

/**
 * The conditions under which a client wants its request to be done, as the client wrote them (RFC
 * 9110, 13.1). At least one of the two is given.
 *
 * @param ifMatch entity tags, one of which the resource must have, or {@code *}
 * @param ifNoneMatch entity tags, none of which the resource may have, or {@code *}
 */
public record Preconditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
  public Preconditions {
    if (ifMatch == null && ifNoneMatch == null) {
      throw new IllegalArgumentException("no precondition (expected: one, or null instead of all)");
    }
  }

  /** Nothing when neither is given, as in nearly all requests. */
  public static @Nullable Preconditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    return ifMatch == null && ifNoneMatch == null ? null : new Preconditions(ifMatch, ifNoneMatch);
  }
}
