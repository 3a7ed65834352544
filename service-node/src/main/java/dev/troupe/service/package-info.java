/** The node that hosts a service. */
@NullMarked
package dev.troupe.service;

import org.jspecify.annotations.NullMarked;
