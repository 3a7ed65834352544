/** Finds the service action or status page of a request, from the descriptors of the services. */
@NullMarked
package dev.troupe.gateway.route;

import org.jspecify.annotations.NullMarked;
