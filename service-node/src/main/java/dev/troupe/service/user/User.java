package dev.troupe.service.user;

/**
 * A user as clients see one.
 *
 * @param version another number after each change
 */
public record User(long id, String username, String email, long version) {
  /** This user with another name and address, not stored yet. */
  User with(String newUsername, String newEmail) {
    return new User(id, newUsername, newEmail, version);
  }
}
