/** An HTTP server whose connections, heads, bodies and replies are bounded, singly and together. */
@NullMarked
package dev.troupe.node.http;

import org.jspecify.annotations.NullMarked;
