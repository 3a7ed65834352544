package dev.troupe.protocol.settings;

/**
 * The logs under {@code run/logs}.
 *
 * @param level TRACE, DEBUG, INFO, WARN, ERROR or OFF
 * @param maxFileBytes when a slot's log is rotated
 * @param totalBytes what all logs of one slot may take together
 */
public record LogSettings(String level, long maxFileBytes, long totalBytes) {}
