package dev.troupe.cli.display;

import java.util.ArrayList;
import java.util.List;

/** Formats rows of cells as text. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * One line for each row. Each column is as wide as its widest cell.
   *
   * @param rows at least one; all as long as the first
   */
  public static List<String> lines(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
