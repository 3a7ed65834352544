/** What a service does without a request: it handles events of other services, and runs jobs. */
@NullMarked
package dev.troupe.service.background;

import org.jspecify.annotations.NullMarked;
