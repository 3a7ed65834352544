/** A service's relational store: bounded queues, group commit, migrations, and SQLite below. */
@NullMarked
package dev.troupe.service.storage;

import org.jspecify.annotations.NullMarked;
