/** Takes versions of services in, deploys them and goes back to earlier ones. */
@NullMarked
package dev.troupe.cli.versions;

import org.jspecify.annotations.NullMarked;
