package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.QueryParameters;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The two fields of a request that its query is in. Parameters with one value are a map. Those with
 * several values follow in a field of their own, with their names before each value.
 */
final class QueryFormat {
  private QueryFormat() {}

  static void writeSingle(ByteBuffer buffer, QueryParameters query) {
    int count = 0;
    for (List<String> values : query.values().values()) {
      count += isSingle(values) ? 1 : 0;
    }
    buffer.putInt(count);
    for (Map.Entry<String, List<String>> parameter : query.values().entrySet()) {
      if (isSingle(parameter.getValue())) {
        Fields.writeText(buffer, parameter.getKey());
        Fields.writeText(buffer, parameter.getValue().get(0));
      }
    }
  }

  static void writeRepeated(ByteBuffer buffer, QueryParameters query) {
    int count = 0;
    for (List<String> values : query.values().values()) {
      count += isSingle(values) ? 0 : values.size();
    }
    buffer.putInt(count);
    if (count == 0) {
      return;
    }
    for (Map.Entry<String, List<String>> parameter : query.values().entrySet()) {
      if (!isSingle(parameter.getValue())) {
        for (String value : parameter.getValue()) {
          Fields.writeText(buffer, parameter.getKey());
          Fields.writeText(buffer, value);
        }
      }
    }
  }

  /**
   * @param single what {@link #writeSingle} wrote
   */
  static QueryParameters readRepeated(ByteBuffer buffer, Map<String, String> single)
      throws NotSerializableException {
    int count = buffer.getInt();
    if (count == 0) {
      return QueryParameters.of(single);
    }
    if (count < 0 || count > buffer.remaining() / (2 * Integer.BYTES)) {
      throw Fields.malformed("query of " + count + " repeated parameters", "as many as follow");
    }
    QueryParameters.Builder query = new QueryParameters.Builder();
    single.forEach(query::add);
    for (int i = 0; i < count; i++) {
      query.add(Fields.readText(buffer, "query"), Fields.readText(buffer, "query"));
    }
    return query.build();
  }

  private static boolean isSingle(List<String> values) {
    return values.size() == 1;
  }
}
