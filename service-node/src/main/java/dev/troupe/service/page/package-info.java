/** Lists cut into pages by key. */
@NullMarked
package dev.troupe.service.page;

import org.jspecify.annotations.NullMarked;
