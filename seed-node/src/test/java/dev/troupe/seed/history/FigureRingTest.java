package dev.troupe.seed.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FigureRingTest {
  private final FigureRing ring = new FigureRing(4, 2);

  private void put(long row, float first) {
    ring.put(row, new float[] {first, Float.NaN});
  }

  @Test
  void theNewestRowsAreKept() {
    for (int row = 10; row < 16; row++) {
      put(row, row);
    }

    assertThat(ring.get(11, 0)).isNaN();
    assertThat(ring.get(12, 0)).isEqualTo(12);
    assertThat(ring.get(15, 0)).isEqualTo(15);
    assertThat(ring.get(16, 0)).isNaN();
    assertThat(ring.get(15, 1)).isNaN();
    assertThat(ring.newest()).isEqualTo(15);
  }

  @Test
  void rowsThatWereLeftOutAreEmpty() {
    put(1, 1);
    put(2, 2);
    put(3, 3);
    put(6, 6);

    assertThat(ring.get(3, 0)).isEqualTo(3);
    assertThat(ring.get(4, 0)).isNaN();
    assertThat(ring.get(5, 0)).isNaN();
    put(1_000_000_000_000L, 7);
    assertThat(ring.get(6, 0)).isNaN();
    assertThat(ring.get(1_000_000_000_000L, 0)).isEqualTo(7);
    assertThat(ring.get(999_999_999_998L, 0)).isNaN();
  }

  @Test
  void aLateRowIsTakenUnlessItIsTooOld() {
    put(6, 6);
    put(4, 4);
    put(2, 2);

    assertThat(ring.get(4, 0)).isEqualTo(4);
    assertThat(ring.get(2, 0)).isNaN();
    assertThat(ring.get(6, 0)).isEqualTo(6);
  }

  @Test
  void aFigureKeepsEightBinaryDigits() {
    for (float figure : new float[] {0, 1, 255, 0.1f, 1e-6f, 123_456_789, 3e9f}) {
      put(1, figure);
      assertThat(ring.get(1, 0)).isCloseTo(figure, within(figure / 256));
    }
    put(1, Float.POSITIVE_INFINITY);
    assertThat(ring.get(1, 0)).isNaN();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    put(5, 0.5f);
    put(7, 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ring.write(new DataOutputStream(bytes));
    FigureRing read = new FigureRing(4, 2);
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(read.newest()).isEqualTo(7);
    assertThat(read.get(5, 0)).isEqualTo(0.5f);
    assertThat(read.get(6, 0)).isNaN();
    assertThat(read.get(7, 0)).isEqualTo(7);
    assertThat(read.get(7, 1)).isNaN();
  }
}
