package dev.troupe.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes each request and its result as a line of CSV into a file, if one is given. */
final class RequestLog implements AutoCloseable {
  private final @Nullable PrintWriter out;

  private RequestLog(@Nullable PrintWriter out) {
    this.out = out;
  }

  /**
   * @param file empty path to write nothing
   */
  static RequestLog to(Path file) throws IOException {
    if (file.toString().isEmpty()) {
      return new RequestLog(null);
    }
    PrintWriter out = new PrintWriter(Files.newBufferedWriter(file));
    out.println(Sample.csvHeader());
    return new RequestLog(out);
  }

  void add(String scenario, int run, List<Sample> samples) {
    if (out != null) {
      samples.forEach(sample -> out.println(sample.csv(scenario, run)));
      out.flush();
    }
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
