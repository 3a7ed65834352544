/** Projects of services: {@code new} and {@code install-api}. */
@NullMarked
package dev.troupe.cli.project;

import org.jspecify.annotations.NullMarked;
