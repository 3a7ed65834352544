/** The orders, each of a user that UserService knows. */
@NullMarked
package dev.troupe.service.order;

import org.jspecify.annotations.NullMarked;
