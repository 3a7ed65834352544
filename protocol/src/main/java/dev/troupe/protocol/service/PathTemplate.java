package dev.troupe.protocol.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A path with variables, like {@code /users/{user_id}}: literal and variable segments. */
public final class PathTemplate {
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z][a-z0-9_]*}");

  private final String text;
  private final List<Segment> segments;

  private PathTemplate(String text) {
    this.text = text;
    this.segments = text.equals("/") ? List.of() : segments(text);
  }

  /** One part between slashes: the literal itself, or the name of the variable. */
  public record Segment(String text, boolean variable) {}

  /**
   * @throws IllegalArgumentException unless {@code text} is "/" or "/" separated literals
   *     ([A-Za-z0-9._~-]) and variables ({name}, each at most once)
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PathTemplate of(String text) {
    return new PathTemplate(text);
  }

  /** Whether it is "/". */
  public boolean isRoot() {
    return segments.isEmpty();
  }

  public List<Segment> segments() {
    return segments;
  }

  public Set<String> variables() {
    Set<String> names = new HashSet<>();
    segments.stream().filter(Segment::variable).forEach(segment -> names.add(segment.text()));
    return Set.copyOf(names);
  }

  /** The path with {@code values}, percent-encoded, in the places of the variables. */
  String filled(Map<String, String> values) {
    return segments.stream()
        .map(segment -> segment.variable() ? encoded(values.get(segment.text())) : segment.text())
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String encoded(@Nullable String value) {
    return URLEncoder.encode(Objects.requireNonNull(value), UTF_8).replace("+", "%20");
  }

  /** Equal for all templates that match the same paths. */
  String shape() {
    return segments.stream()
        .map(segment -> segment.variable() ? "{}" : segment.text())
        .collect(Collectors.joining("/", "/", ""));
  }

  private static List<Segment> segments(String text) {
    if (!text.startsWith("/") || text.endsWith("/")) {
      throw invalid(text, "it must start with '/' and not end with one");
    }
    List<Segment> segments =
        Stream.of(text.substring(1).split("/", -1)).map(part -> segment(text, part)).toList();
    List<String> names = segments.stream().filter(Segment::variable).map(Segment::text).toList();
    if (Set.copyOf(names).size() != names.size()) {
      throw invalid(text, "a variable occurs twice");
    }
    return segments;
  }

  private static Segment segment(String text, String part) {
    if (VARIABLE.matcher(part).matches()) {
      return new Segment(part.substring(1, part.length() - 1), true);
    }
    if (LITERAL.matcher(part).matches()) {
      return new Segment(part, false);
    }
    throw invalid(text, "'" + part + "' is neither a literal nor a {variable}");
  }

  private static IllegalArgumentException invalid(String text, String why) {
    return new IllegalArgumentException(
        "path '" + text + "': " + why + " (expected for example: /users/{user_id})");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
