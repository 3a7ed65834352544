package db.user.sqlite;

import dev.troupe.service.user.UsernameMigration;

/** Found by Flyway by its package and its name. */
public final class V3__Usernames extends UsernameMigration {}
