/** The copies of jars that running clusters use. */
@NullMarked
package dev.troupe.cli.deploy;

import org.jspecify.annotations.NullMarked;
