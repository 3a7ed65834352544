package dev.troupe.protocol.service;

import dev.troupe.protocol.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the key from which the next page follows; null on the last page
 */
public record ListPage<T>(List<T> items, @Nullable Long next) {
  public ListPage {
    items = List.copyOf(items);
  }

  /** Makes the output of an action of a page. */
  @FunctionalInterface
  public interface Listing<T, O> {
    /**
     * @param count of the items
     * @param next as in {@link ListPage}
     */
    O of(List<T> items, int count, @Nullable Long next);
  }

  /** The outcome of an action that lists. */
  public <O> Outcome<O> to(Listing<T, O> output) {
    return Outcome.done(output.of(items, items.size(), next));
  }

  /**
   * Reads rows until the page is full, in number or in bytes as JSON. It has one item at least, if
   * there is any, however large that is.
   *
   * @param rows by ascending key, at least one more than fits if more follow
   * @param id the key of an item
   */
  static <T extends Record> ListPage<T> read(
      ResultSet rows, Paging.Request request, RowReader<T> reader, ToLongFunction<T> id)
      throws SQLException {
    List<T> items = new ArrayList<>();
    long bytes = 0;
    while (rows.next()) {
      if (items.size() == request.limit()) {
        return followed(items, id);
      }
      T item = reader.read(rows);
      // Plus 1 for the comma.
      bytes += Json.write(item).length + 1;
      if (bytes > request.maxBytes() && !items.isEmpty()) {
        return followed(items, id);
      }
      items.add(item);
    }
    return new ListPage<>(items, null);
  }

  private static <T> ListPage<T> followed(List<T> items, ToLongFunction<T> id) {
    return new ListPage<>(items, id.applyAsLong(items.get(items.size() - 1)));
  }
}
