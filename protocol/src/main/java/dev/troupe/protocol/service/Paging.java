package dev.troupe.protocol.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.Section;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the pages of a service's lists are.
 *
 * @param size unless the client asks for another, 1 to {@code max}
 * @param max of what a client may ask for; who asks for more gets this
 * @param maxBytes of the items of a page as JSON; a page with one item may have more
 */
public record Paging(int size, int max, long maxBytes) {
  private static final String SIZE = "page-size";
  private static final String MAX = "max-page-size";
  private static final String MAX_BYTES = "max-page-bytes";
  private static final long LARGEST = 1L << 30;
  private static final Config DEFAULTS =
      ConfigFactory.parseMap(Map.of(SIZE, 100, MAX, 1000, MAX_BYTES, "512KiB"));

  /**
   * What a client asked for: at most {@code limit} items with ids above {@code after}, and as many
   * of them as fit into {@code maxBytes}.
   */
  public record Request(long after, int limit, long maxBytes) {
    /** The limit of the query: one row more, which shows whether another page follows. */
    public long rows() {
      return limit + 1L;
    }
  }

  /**
   * @param settings of a service that has no other settings than these
   * @throws dev.troupe.protocol.settings.SettingsException when there are other keys, or a value is
   *     out of range
   */
  public static Paging from(Config settings) {
    return Section.finish(Section.of("settings", settings), Paging::read);
  }

  /** Reads them beside other settings of the service. */
  public static Paging read(Section settings) {
    Section complete = settings.withFallback(DEFAULTS);
    settings.has(SIZE);
    settings.has(MAX);
    settings.has(MAX_BYTES);
    int max = complete.integer(MAX, 1, Integer.MAX_VALUE - 1);
    return new Paging(complete.integer(SIZE, 1, max), max, complete.bytes(MAX_BYTES, 1, LARGEST));
  }

  /**
   * @throws dev.troupe.protocol.service.InvalidInputException when the limit is below 1 or the key
   *     below 0
   */
  public Request request(@Nullable Integer limit, @Nullable Long after) {
    long wanted = limit == null ? size : Check.range("limit", limit, 1, Integer.MAX_VALUE);
    long key = after == null ? 0 : Check.range("after", after, 0, Long.MAX_VALUE);
    return new Request(key, (int) Math.min(wanted, max), maxBytes);
  }
}
