package dev.troupe.service.user;

import org.jspecify.annotations.Nullable;

/**
 * A user as clients see one.
 *
 * @param version another number after each change
 */
public record User(long id, String username, String email, long version) {
  /** This user with another name and address, if they are given; not stored yet. */
  User with(@Nullable String newUsername, @Nullable String newEmail) {
    return new User(
        id,
        newUsername == null ? username : newUsername,
        newEmail == null ? email : newEmail,
        version);
  }
}
