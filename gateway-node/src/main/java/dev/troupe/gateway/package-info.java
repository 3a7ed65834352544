/** The gateway node: what it is made of and how it starts. */
@NullMarked
package dev.troupe.gateway;

import org.jspecify.annotations.NullMarked;
