/** Services that fail, packed into a jar of their own by the tests. */
package dev.troupe.it.broken;
