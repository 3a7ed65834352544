package dev.troupe.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that take the shared {@link Cluster} as a parameter. The build runs them in a process apart
 * from the others, so that their cluster is gone when those start their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("shared-cluster")
@ExtendWith(SharedCluster.class)
@interface OnSharedCluster {}
