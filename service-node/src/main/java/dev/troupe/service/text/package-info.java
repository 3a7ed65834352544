/** What users write: names, addresses, and text on its way into a log. */
@NullMarked
package dev.troupe.service.text;

import org.jspecify.annotations.NullMarked;
