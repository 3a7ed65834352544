package dev.troupe.service.user;

/** A user as clients see one. */
public record User(long id, String username, String email) {}
