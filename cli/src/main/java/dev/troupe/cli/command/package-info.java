/** What all commands have in common: exit codes, options, the terminal. */
@NullMarked
package dev.troupe.cli.command;

import org.jspecify.annotations.NullMarked;
