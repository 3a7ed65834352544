package dev.troupe.protocol.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back the comments by which a rendered configuration says where each value came from. */
final class OriginComments {
  private static final Pattern FILE_AND_LINE = Pattern.compile("(.+): ([0-9]{1,9})(?:-[0-9]+)?");

  private OriginComments() {}

  /** {@code object} with the origins that the comments above its values name. */
  static ConfigObject restored(ConfigObject object) {
    ConfigObject result = object;
    for (Map.Entry<String, ConfigValue> field : object.entrySet()) {
      result = result.withValue(field.getKey(), restored(field.getValue()));
    }
    return result.withOrigin(origin(object));
  }

  private static ConfigValue restored(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return restored(object);
    }
    if (value instanceof ConfigList list) {
      List<ConfigValue> elements = list.stream().map(OriginComments::restored).toList();
      return ConfigValueFactory.fromIterable(elements).withOrigin(origin(list));
    }
    return value.withOrigin(origin(value));
  }

  private static ConfigOrigin origin(ConfigValue value) {
    List<String> comments = value.origin().comments();
    if (comments.isEmpty()) {
      return value.origin();
    }
    String description = comments.get(comments.size() - 1).strip();
    Matcher matcher = FILE_AND_LINE.matcher(description);
    return matcher.matches() && !description.startsWith("merge of ")
        ? ConfigOriginFactory.newFile(matcher.group(1))
            .withLineNumber(Integer.parseInt(matcher.group(2)))
        : ConfigOriginFactory.newSimple(description);
  }
}
