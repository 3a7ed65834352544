package dev.troupe.protocol.call;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be true of a thing before its request is done, as the client wrote it (RFC
 * 9110, 13.1): at least one of the two is given.
 *
 * @param ifMatch the entity tags of which the thing must have one, or {@code *}
 * @param ifNoneMatch the entity tags of which it must have none, or {@code *}
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
