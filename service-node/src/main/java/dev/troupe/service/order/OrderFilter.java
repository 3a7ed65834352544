package dev.troupe.service.order;

import org.jspecify.annotations.Nullable;

/** Which orders a list is of: those of a user, those in a status, or all. */
record OrderFilter(@Nullable Long userId, @Nullable OrderStatus status) {
  /** A condition with a parameter for the user, if there is one. */
  String condition() {
    // The status as a literal: only then is an index of one status used.
    return (userId == null ? "" : " AND user_id = ?")
        + (status == null ? "" : " AND status = '" + status + "'");
  }
}
