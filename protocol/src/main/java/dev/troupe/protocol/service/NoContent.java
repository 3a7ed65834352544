package dev.troupe.protocol.service;

/** The output of an action that answers 204 No Content: its reply has no body. */
public record NoContent() {}
