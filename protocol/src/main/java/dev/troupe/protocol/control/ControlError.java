package dev.troupe.protocol.control;

/** Why the control API did not do what was asked, and what to do instead. */
public record ControlError(String message) {}
