package dev.troupe.protocol.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Finds what a query asks for among the lines that are added to one file, one after the other. */
public final class FollowedLines {
  private final LogFiles.LogFile file;
  private final LogFormat format;
  private final PieceSearch search;
  // The line that the next lines may continue, with its end.
  private byte[] head = new byte[0];

  public FollowedLines(LogQuery query, LogFiles.LogFile file, ZoneId zone) {
    this.file = file;
    this.format = new LogFormat(zone);
    this.search = new PieceSearch(query, format, zone, () -> true);
  }

  /**
   * The line as it was read, without its end, if the query asks for it. The offset is of no use.
   *
   * @throws ExpensiveExpressionException when the expression of the query takes too many steps
   */
  public Optional<LogLine> next(String line) {
    byte[] own = (line + "\n").getBytes(UTF_8);
    if (format.millisOf(own, 0, own.length) != LogFormat.NO_TIME) {
      head = own;
      return found(own, 0);
    }
    byte[] event = new byte[head.length + own.length];
    System.arraycopy(head, 0, event, 0, head.length);
    System.arraycopy(own, 0, event, head.length, own.length);
    return found(event, head.length);
  }

  private Optional<LogLine> found(byte[] bytes, int from) {
    List<LogLine> lines =
        search.find(new LogPiece(bytes, bytes.length, 0), file, System.currentTimeMillis());
    return lines.stream().filter(line -> line.offset() >= from).findFirst();
  }
}
