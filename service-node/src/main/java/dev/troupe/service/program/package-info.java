/** Hosts a program that is not written for Troupe: its process, its health and its end. */
@NullMarked
package dev.troupe.service.program;

import org.jspecify.annotations.NullMarked;
