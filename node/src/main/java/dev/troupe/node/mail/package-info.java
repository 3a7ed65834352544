/** Connections to mail servers. */
@NullMarked
package dev.troupe.node.mail;

import org.jspecify.annotations.NullMarked;
