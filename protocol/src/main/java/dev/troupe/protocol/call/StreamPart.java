package dev.troupe.protocol.call;

import dev.troupe.protocol.WireMessage;

/** What the source of a {@link BodyStream} sends. */
public sealed interface StreamPart extends WireMessage permits StreamChunk, StreamEnd {
  /** How many chunks were sent before. One that is not as expected shows that a part was lost. */
  long number();
}
