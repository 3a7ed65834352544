package dev.troupe.cli.control;

import java.time.Duration;

/**
 * A link that logs a browser in to the dashboard.
 *
 * @param url is good once
 * @param validFor from the time when the seed node made it
 */
public record LoginLink(String url, Duration validFor) {}
