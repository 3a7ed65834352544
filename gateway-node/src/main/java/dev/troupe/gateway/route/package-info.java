/** Which path leads to which action, from the descriptors of the services. */
@NullMarked
package dev.troupe.gateway.route;

import org.jspecify.annotations.NullMarked;
