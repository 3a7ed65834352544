/** The database engines that tests run on. */
@NullMarked
package dev.troupe.service.engine;

import org.jspecify.annotations.NullMarked;
