/** Bytes that many requests together may hold. */
@NullMarked
package dev.troupe.node.budget;

import org.jspecify.annotations.NullMarked;
