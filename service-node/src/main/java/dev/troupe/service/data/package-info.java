/** Moves the data of all services out of one database engine and into another. */
@NullMarked
package dev.troupe.service.data;

import org.jspecify.annotations.NullMarked;
