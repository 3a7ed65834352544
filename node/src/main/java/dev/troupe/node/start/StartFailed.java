package dev.troupe.node.start;

import org.apache.pekko.actor.CoordinatedShutdown;

/** The reason of a shutdown because the role could not start; gives the exit code 1. */
final class StartFailed implements CoordinatedShutdown.Reason {}
