package dev.troupe.protocol.service;

import java.util.Map;

/**
 * An output that is sent to the client while it is made, in chunks. The next chunk is made when the
 * client has taken the one before, so a slow client costs no memory.
 */
public sealed interface StreamedOutput permits Download, EventStream {
  /** The media type of the reply. */
  String type();

  /** The size of the body in bytes; {@link Download#UNKNOWN} if it is not known. */
  long length();

  /** The headers of the reply beside its type. */
  Map<String, String> headers();
}
