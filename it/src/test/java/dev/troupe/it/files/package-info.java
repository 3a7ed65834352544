/** A service whose requests and replies are larger than its memory. */
package dev.troupe.it.files;
