package dev.troupe.protocol.settings;

/** What a logger writes: events of its level and of those after it. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  OFF
}
