package dev.troupe.seed.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the thread dumps that a HotSpot JVM prints on SIGQUIT. */
final class ThreadDumpReader {
  private static final String FIRST_LINE = "Full thread dump ";
  private static final String LAST_LINE = "JNI global refs: ";
  private static final Pattern HEADER =
      Pattern.compile(
          "^\"(.*)\" .*?cpu=([0-9.]+)ms .*?tid=(0x[0-9a-f]+) (?:nid=\\S+ )?(.*?)(?: *\\[0x[0-9a-f]+])?$");
  private static final String STATE = "   java.lang.Thread.State: ";
  private static final int MOST_FRAMES = 100;

  private final List<List<DumpedThread>> dumps = new ArrayList<>();
  private boolean isInside;
  private List<DumpedThread> threads = new ArrayList<>();
  private String[] header = {};
  private String state = "";
  private List<String> stack = new ArrayList<>();

  private ThreadDumpReader() {}

  /** The threads of each dump in {@code output} that is complete, the oldest dump first. */
  static List<List<DumpedThread>> read(String output) {
    ThreadDumpReader reader = new ThreadDumpReader();
    output.lines().forEach(reader::line);
    return reader.dumps;
  }

  private void line(String line) {
    if (line.startsWith(FIRST_LINE)) {
      isInside = true;
      header = new String[] {};
      threads = new ArrayList<>();
      return;
    }
    if (!isInside) {
      return;
    }
    Matcher matcher = HEADER.matcher(line);
    if (matcher.matches()) {
      endThread();
      header =
          new String[] {matcher.group(3), matcher.group(1), matcher.group(4), matcher.group(2)};
    } else if (line.startsWith(STATE)) {
      state = line.substring(STATE.length());
    } else if (line.startsWith("\t") && stack.size() < MOST_FRAMES) {
      stack.add(line.strip());
    } else if (line.startsWith(LAST_LINE)) {
      endThread();
      dumps.add(threads);
      isInside = false;
    }
  }

  private void endThread() {
    if (header.length > 0) {
      threads.add(
          new DumpedThread(
              header[0],
              header[1],
              state.isEmpty() ? header[2].strip() : state,
              Double.parseDouble(header[3]),
              stack));
    }
    header = new String[] {};
    state = "";
    stack = new ArrayList<>();
  }
}
