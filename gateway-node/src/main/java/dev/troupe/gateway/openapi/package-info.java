/** The description of all actions in OpenAPI, and the pages that show it. */
@NullMarked
package dev.troupe.gateway.openapi;

import org.jspecify.annotations.NullMarked;
