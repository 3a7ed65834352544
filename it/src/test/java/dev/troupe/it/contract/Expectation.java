package dev.troupe.it.contract;

/** What the document says of a request. */
public enum Expectation {
  /** It fits the schemas: the answer is not that it is malformed. */
  VALID,
  /** It does not fit: it is refused. */
  INVALID,
  /** The document does not say, or JSON itself does not. */
  OPEN;

  /** Of a request of which one part is {@code this} and another is {@code other}. */
  Expectation and(Expectation other) {
    if (this == OPEN || other == OPEN) {
      return OPEN;
    }
    return this == INVALID ? this : other;
  }
}
