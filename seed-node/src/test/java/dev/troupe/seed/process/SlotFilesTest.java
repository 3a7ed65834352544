package dev.troupe.seed.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlotFilesTest {
  private static final long MAX_OUT_BYTES = 100;

  @TempDir private Path run;
  private Path logs;
  private SlotFiles files;

  @BeforeEach
  void rotateOnce() throws IOException {
    logs = run.resolve("logs");
    files = new SlotFiles(logs, "UserService-1", MAX_OUT_BYTES);
    files.rotateOut();
  }

  @Test
  void theTailIsWhatWasWrittenSinceTheMarkThatOfTheJvmFirst() throws IOException {
    write("UserService-1.out", "old out\n");
    write("UserService-1.log", "old log\n");
    SlotFiles.Mark mark = files.mark();

    write("UserService-1.log", "new log 1\nnew log 2\n");
    write("UserService-1.out", "new out\n");

    assertThat(files.tailSince(mark)).containsExactly("new out", "new log 1", "new log 2");
  }

  @Test
  void theNewestCrashReportsOfTheSlotAreKeptWithinTheBound() throws IOException {
    Path oldest = report("hs_err_UserService-1_30.log", 1, 1);
    Path older = report("hs_err_UserService-1_40.log", 60, 2);
    Path old = report("hs_err_UserService-1_10.log", 60, 3);
    Path newest = report("hs_err_UserService-1_20.log", 40, 4);
    Path another = report("hs_err_UserService-11_30.log", 60, 1);

    files.boundCrashReports();

    assertThat(List.of(oldest, older)).noneMatch(Files::exists);
    assertThat(List.of(old, newest, another)).allMatch(Files::exists);
  }

  @Test
  void theNewestCrashReportStaysHoweverLong() throws IOException {
    Path older = report("hs_err_UserService-1_10.log", 1, 1);
    Path newest = report("hs_err_UserService-1_20.log", 1000, 2);

    files.boundCrashReports();

    assertThat(older).doesNotExist();
    assertThat(newest).exists();
  }

  private Path report(String name, int bytes, long ageRank) throws IOException {
    Path report = Files.writeString(logs.resolve(name), "x".repeat(bytes));
    Files.setLastModifiedTime(report, FileTime.fromMillis(ageRank * 1000));
    return report;
  }

  @Test
  void theTailOfFilesThatAreNotThereIsEmpty() {
    assertThat(files.tailSince(files.mark())).isEmpty();
  }

  @Test
  void theTailHasNoMoreThanTheLastLinesOfEach() throws IOException {
    SlotFiles.Mark mark = files.mark();
    for (int line = 1; line <= 30; line++) {
      write("UserService-1.log", "line " + line + "\n");
    }

    assertThat(files.tailSince(mark))
        .containsExactly(
            IntStream.rangeClosed(21, 30).mapToObj(i -> "line " + i).toArray(String[]::new));
  }

  @Test
  void theFramesOfAStackTraceDoNotPushOutWhatWasSaid() throws IOException {
    SlotFiles.Mark mark = files.mark();
    write("UserService-1.log", "12:00 ERROR Main - cannot start\njava.io.IOException: no disk\n");
    for (int line = 1; line <= 30; line++) {
      write("UserService-1.log", "\tat java.base/java.lang.Thread.run(Thread.java:840)\n");
    }
    write("UserService-1.log", "Caused by: java.io.EOFException\n\t... 10 common frames omitted\n");

    assertThat(files.tailSince(mark))
        .containsExactly(
            "12:00 ERROR Main - cannot start",
            "java.io.IOException: no disk",
            "Caused by: java.io.EOFException");
  }

  @Test
  void theTailOfALongFileIsReadFromItsEnd() throws IOException {
    SlotFiles.Mark mark = files.mark();
    write("UserService-1.log", "x".repeat(100_000) + "\nlast\n");

    assertThat(files.tailSince(mark)).endsWith("last");
    assertThat(String.join("", files.tailSince(mark)).length()).isLessThan(20_000);
  }

  @Test
  void aLogRotatedSinceTheMarkIsReadFromItsStart() throws IOException {
    write("UserService-1.log", "a long line of the file that was rotated away\n");
    SlotFiles.Mark mark = files.mark();
    Files.delete(logs.resolve("UserService-1.log"));
    write("UserService-1.log", "first of the new\n");

    assertThat(files.tailSince(mark)).containsExactly("first of the new");
  }

  @Test
  void aLargeOutputIsPutAsideBeforeALaunch() throws IOException {
    write("UserService-1.out", "x".repeat(101));

    files.rotateOut();

    assertThat(logs.resolve("UserService-1.out")).doesNotExist();
    assertThat(logs.resolve("UserService-1.out.1")).hasSize(101);
  }

  @Test
  void aSmallOutputIsKeptOverALaunch() throws IOException {
    write("UserService-1.out", "x".repeat(100));

    files.rotateOut();
    files.boundOut();

    assertThat(logs.resolve("UserService-1.out")).hasSize(100);
    assertThat(logs.resolve("UserService-1.out.1")).doesNotExist();
  }

  @Test
  void theOutputOfARunningProcessIsCutAndGoesOnAtTheStart() throws IOException {
    try (var process = Files.newOutputStream(files.out(), CREATE, APPEND)) {
      process.write("x".repeat(101).getBytes(UTF_8));

      files.boundOut();
      assertThat(files.out()).isEmptyFile();
      assertThat(logs.resolve("UserService-1.out.1")).hasSize(100);

      process.write("goes on".getBytes(UTF_8));
      assertThat(files.out()).hasContent("goes on");
    }
  }

  @Test
  void whatWasPrintedPastTheBoundIsNotKeptTwice() throws IOException {
    write("UserService-1.out", "1".repeat(900) + "2".repeat(100));

    assertThat(files.boundOut()).isZero();

    assertThat(files.out()).isEmptyFile();
    assertThat(logs.resolve("UserService-1.out.1")).hasContent("2".repeat(100));
  }

  @Test
  void onlyOneOlderOutputIsKept() throws IOException {
    write("UserService-1.out", "1".repeat(101));
    files.rotateOut();
    write("UserService-1.out", "2".repeat(102));
    files.rotateOut();

    assertThat(logs.resolve("UserService-1.out.1")).hasContent("2".repeat(102));
    assertThat(logs.toFile().list()).containsExactly("UserService-1.out.1");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(logs.resolve(name), text, CREATE, APPEND);
  }
}
