/** Tests of services: in the JVM of the test, and in a cluster of real processes. */
@NullMarked
package dev.troupe.testkit;

import org.jspecify.annotations.NullMarked;
