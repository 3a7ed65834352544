package dev.troupe.seed.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest rows of figures, each row with a number. A figure takes two bytes and keeps 8 binary
 * digits; a column takes memory once it has a figure. Not thread-safe.
 */
final class FigureRing {
  private static final short ABSENT = (short) 0x7FC0;
  private static final int DROPPED_BITS = 16;
  private static final int HALF = 1 << (DROPPED_BITS - 1);
  private static final long NONE = Long.MIN_VALUE;

  private final int rows;
  private final short @Nullable [][] columns;
  private long newest = NONE;

  FigureRing(int rows, int columns) {
    this.rows = rows;
    this.columns = new short @Nullable [columns][];
  }

  /** The number of the newest row; {@link Long#MIN_VALUE} if there is none. */
  long newest() {
    return newest;
  }

  /**
   * Replaces a row, unless it is too old. What lies between it and a newest one before it is empty.
   *
   * @param figures of all columns; NaN for none
   */
  void put(long row, float[] figures) {
    if (newest != NONE && row <= newest - rows) {
      return;
    }
    if (row > newest) {
      clearUpTo(row);
      newest = row;
    }
    for (int i = 0; i < columns.length; i++) {
      set(i, index(row), encoded(figures[i]));
    }
  }

  /** A figure; NaN if there is none. */
  float get(long row, int column) {
    short[] figures = columns[column];
    boolean isKept = newest != NONE && row <= newest && row > newest - rows;
    return figures == null || !isKept ? Float.NaN : decoded(figures[index(row)]);
  }

  private void clearUpTo(long row) {
    long from = newest == NONE ? row : Math.max(newest + 1, row - rows + 1);
    for (short[] figures : columns) {
      if (figures != null) {
        for (long each = from; each <= row; each++) {
          figures[index(each)] = ABSENT;
        }
      }
    }
  }

  private void set(int column, int index, short figure) {
    short[] figures = columns[column];
    if (figures == null) {
      if (figure == ABSENT) {
        return;
      }
      figures = new short[rows];
      Arrays.fill(figures, ABSENT);
      columns[column] = figures;
    }
    figures[index] = figure;
  }

  private int index(long row) {
    return (int) Math.floorMod(row, (long) rows);
  }

  private static short encoded(float figure) {
    return Float.isFinite(figure)
        ? (short) ((Float.floatToRawIntBits(figure) + HALF) >>> DROPPED_BITS)
        : ABSENT;
  }

  private static float decoded(short figure) {
    return Float.intBitsToFloat(figure << DROPPED_BITS);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(newest);
    for (short[] figures : columns) {
      out.writeBoolean(figures != null);
      if (figures != null) {
        for (short figure : figures) {
          out.writeShort(figure);
        }
      }
    }
  }

  /** Reads what {@link #write} of a ring with as many rows and columns has written. */
  void read(DataInput in) throws IOException {
    newest = in.readLong();
    for (int i = 0; i < columns.length; i++) {
      if (in.readBoolean()) {
        short[] figures = new short[rows];
        for (int row = 0; row < rows; row++) {
          figures[row] = in.readShort();
        }
        columns[i] = figures;
      }
    }
  }
}
