package dev.troupe.service.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.service.Check;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How long the pages of a service's lists are.
 *
 * @param size unless the client asks for another, 1 to {@code max}
 * @param max of what a client may ask for; who asks for more gets this
 */
public record Paging(int size, int max) {
  private static final String SIZE = "page-size";
  private static final String MAX = "max-page-size";
  private static final Config DEFAULTS = ConfigFactory.parseMap(Map.of(SIZE, 100, MAX, 1000));

  public Paging {
    if (size < 1 || size > max) {
      throw new IllegalArgumentException(
          "%s: %d (expected: 1 to %s, which is %d)".formatted(SIZE, size, MAX, max));
    }
  }

  /** What a client asked for: at most {@code limit} items with ids above {@code after}. */
  public record Request(long after, int limit) {}

  /**
   * @param settings of a service that has no other settings than these
   * @throws IllegalArgumentException when there are other keys, or a value is out of range
   */
  public static Paging from(Config settings) {
    Set<String> unknown = new TreeSet<>(settings.root().keySet());
    unknown.removeAll(DEFAULTS.root().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown keys %s in the service's settings (expected: %s, %s)"
              .formatted(unknown, SIZE, MAX));
    }
    Config complete = settings.withFallback(DEFAULTS);
    return new Paging(complete.getInt(SIZE), complete.getInt(MAX));
  }

  /**
   * @throws dev.troupe.protocol.service.InvalidInputException when the limit is below 1 or the key
   *     below 0
   */
  public Request request(@Nullable Integer limit, @Nullable Long after) {
    long wanted = limit == null ? size : Check.range("limit", limit, 1, Integer.MAX_VALUE);
    long key = after == null ? 0 : Check.range("after", after, 0, Long.MAX_VALUE);
    return new Request(key, (int) Math.min(wanted, max));
  }
}
