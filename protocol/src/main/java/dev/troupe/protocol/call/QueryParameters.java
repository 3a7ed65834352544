package dev.troupe.protocol.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of the query of a request, by name. Nearly all have one value; those of one name
 * are in the order of the query.
 *
 * @param values none of which is an empty list
 */
public record QueryParameters(Map<String, List<String>> values) {
  public static final QueryParameters NONE = new QueryParameters(Map.of());

  public QueryParameters {
    values = Map.copyOf(values);
  }

  /** Parameters with one value each. */
  public static QueryParameters of(Map<String, String> single) {
    if (single.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    single.forEach((name, value) -> values.put(name, List.of(value)));
    return new QueryParameters(values);
  }

  /** Collects parameters in the order of a query. */
  public static final class Builder {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    public void add(String name, String value) {
      List<String> known = values.get(name);
      if (known == null) {
        values.put(name, List.of(value));
        return;
      }
      // The second value needs a list that can grow.
      List<String> growing = known.size() == 1 ? new ArrayList<>(known) : known;
      growing.add(value);
      values.put(name, growing);
    }

    public QueryParameters build() {
      values.replaceAll((name, all) -> List.copyOf(all));
      return values.isEmpty() ? NONE : new QueryParameters(values);
    }
  }
}
