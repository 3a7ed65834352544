/** The settings of {@code application.conf}, read once into records. */
@NullMarked
package dev.troupe.protocol.settings;

import org.jspecify.annotations.NullMarked;
