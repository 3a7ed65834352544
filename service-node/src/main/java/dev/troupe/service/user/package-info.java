/** The users: who they are, by unique name. */
@NullMarked
package dev.troupe.service.user;

import org.jspecify.annotations.NullMarked;
