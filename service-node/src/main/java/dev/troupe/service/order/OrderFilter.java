package dev.troupe.service.order;

import org.jspecify.annotations.Nullable;

/** Which orders a list is of: those of a user, those in a status, or all. */
record OrderFilter(@Nullable Long userId, @Nullable OrderStatus status) {
  /** A condition with a parameter for the user, if there is one. */
  String condition() {
    // The status is a literal, since an index of one status serves no parameter.
    return (userId == null ? "" : " AND user_id = ?")
        + (status == null ? "" : " AND status = '" + status + "'");
  }
}
