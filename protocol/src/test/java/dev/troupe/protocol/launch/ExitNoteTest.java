package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExitNoteTest {
  @Test
  void aNoteComesBackFromItsLine() {
    ExitNote note = new ExitNote(82, "System.exit called by a.B.c(B.java:3)");

    assertThat(ExitNote.of(note.line())).contains(note);
    assertThat(ExitNote.of(new ExitNote(81, "").line())).contains(new ExitNote(81, ""));
  }

  @Test
  void aDetailOfManyLinesBecomesOne() {
    assertThat(new ExitNote(1, "first\nsecond\u001b[31m ").detail()).isEqualTo("first second [31m");
    assertThat(new ExitNote(1, "x".repeat(10_000)).detail()).hasSize(501);
  }

  @Test
  void otherLinesAreNone() {
    assertThat(ExitNote.of("2026-11-25 04:23:30.383 INFO Main - troupe-exit 1: no")).isEmpty();
    assertThat(ExitNote.of("troupe-exit now")).isEmpty();
  }
}
