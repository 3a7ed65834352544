/** Tests over real processes: what only processes can show. */
@NullMarked
package dev.troupe.it;

import org.jspecify.annotations.NullMarked;
