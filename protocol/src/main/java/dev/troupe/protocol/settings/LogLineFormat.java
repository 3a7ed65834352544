package dev.troupe.protocol.settings;

/** How a node writes its log. */
public enum LogLineFormat {
  /** A line for people; further lines for a stack trace. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
