package dev.troupe.protocol.registry;

/** What the pulse exchange of a node takes. */
public interface PulseMessage {}
