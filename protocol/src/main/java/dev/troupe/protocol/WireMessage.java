package dev.troupe.protocol;

/** Marks what may cross a process boundary; bound to Jackson CBOR in {@code reference.conf}. */
public interface WireMessage {}
