/** Looks at a version of a service before it is deployed. */
@NullMarked
package dev.troupe.service.check;

import org.jspecify.annotations.NullMarked;
