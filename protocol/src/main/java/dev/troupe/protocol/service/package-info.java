/** The API a service is written against. */
@NullMarked
package dev.troupe.protocol.service;

import org.jspecify.annotations.NullMarked;
