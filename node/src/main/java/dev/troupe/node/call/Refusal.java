package dev.troupe.node.call;

import java.time.Duration;

/**
 * Why a call is not made.
 *
 * @param why a sentence for the caller, without its end
 * @param retryAfter when it makes sense to try again; zero when that is not known
 */
record Refusal(String why, Duration retryAfter) {}
