package dev.troupe.protocol.logs;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a log file piece by piece. */
interface PieceReader extends Closeable {
  /** The next piece, valid until the next call; null after the last one. */
  @Nullable LogPiece next() throws IOException;
}
