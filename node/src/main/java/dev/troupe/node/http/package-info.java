/**
 * An HTTP server that bounds its connections, request heads, request bodies and replies, each of
 * them and all together.
 */
@NullMarked
package dev.troupe.node.http;

import org.jspecify.annotations.NullMarked;
