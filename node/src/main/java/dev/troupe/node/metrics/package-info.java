/** What a node measures of itself, and tells when the seed node asks. */
@NullMarked
package dev.troupe.node.metrics;

import org.jspecify.annotations.NullMarked;
