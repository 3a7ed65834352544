/** What happened to a slot, in sentences for people. */
@NullMarked
package dev.troupe.protocol.report;

import org.jspecify.annotations.NullMarked;
