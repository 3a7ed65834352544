package dev.troupe.protocol.service;

import dev.troupe.protocol.service.Constraints.Demand;
import dev.troupe.protocol.service.Constraints.Length;
import dev.troupe.protocol.service.Constraints.TextPattern;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of Jakarta Validation at one place of an input record. */
final class ConstraintReader {
  private static final String SUPPORTED =
      "NotNull, NotBlank, NotEmpty, Size, Pattern, Email, Min, Max, DecimalMin, DecimalMax,"
          + " Digits, Positive, PositiveOrZero, Negative, NegativeOrZero";

  private final String where;
  private final ValueKind kind;
  private final Presence presence;
  private final BoundReader numbers;
  private @Nullable Demand notBlank;
  private @Nullable Length length;
  private @Nullable Demand email;
  private final List<TextPattern> patterns = new ArrayList<>();

  private ConstraintReader(String where, ValueKind kind, Presence presence) {
    this.where = where;
    this.kind = kind;
    this.presence = presence;
    this.numbers = new BoundReader(where, kind);
  }

  /** What the annotations of a place allow there. */
  enum ValueKind {
    TEXT,
    INTEGER,
    DECIMAL,
    LIST,
    OTHER
  }

  /** Whether a place needs a value. */
  enum Presence {
    NULLABLE,
    REQUIRED,
    PRIMITIVE
  }

  /**
   * @param where the place, for messages
   * @throws IllegalArgumentException when an annotation is not supported, or makes no sense there
   */
  static Constraints read(
      Collection<Annotation> annotations, String where, ValueKind kind, Presence presence) {
    ConstraintReader reader = new ConstraintReader(where, kind, presence);
    annotations.stream().flatMap(ConstraintReader::unpacked).forEach(reader::read);
    return reader.result();
  }

  // Several patterns at one place arrive in an annotation around them.
  private static Stream<Annotation> unpacked(Annotation annotation) {
    return annotation instanceof Pattern.List list
        ? Stream.of(list.value())
        : Stream.of(annotation);
  }

  private void read(Annotation annotation) {
    if (annotation instanceof NotNull) {
      boolean reference = presence != Presence.PRIMITIVE;
      require(annotation, reference, "a reference; a primitive is never null");
      if (presence == Presence.NULLABLE) {
        throw unusable(
            "@NotNull and @Nullable (expected: one of them; without both it is @NotNull)");
      }
    } else if (annotation instanceof NotBlank blank) {
      require(annotation, kind == ValueKind.TEXT, "a String");
      notBlank = new Demand(own(blank.message()));
    } else if (annotation instanceof NotEmpty empty) {
      length(annotation, 1, Integer.MAX_VALUE, empty.message());
    } else if (annotation instanceof Size size) {
      length(annotation, size.min(), size.max(), size.message());
    } else if (annotation instanceof Pattern pattern) {
      require(annotation, kind == ValueKind.TEXT, "a String");
      patterns.add(new TextPattern(compiled(pattern), own(pattern.message())));
    } else if (annotation instanceof Email address) {
      require(annotation, kind == ValueKind.TEXT, "a String");
      email = new Demand(own(address.message()));
      if (!address.regexp().equals(".*")) {
        throw unusable("@Email with a regexp (expected: @Email without, and @Pattern)");
      }
    } else if (!numbers.read(annotation) && isConstraint(annotation)) {
      throw unusable(
          "@%s, which is not supported (expected: one of %s, or a check in the compact constructor that throws InvalidInputException)"
              .formatted(name(annotation), SUPPORTED));
    }
    refuseGroups(annotation);
  }

  private void length(Annotation annotation, int min, int max, String message) {
    boolean sized = kind == ValueKind.TEXT || kind == ValueKind.LIST;
    require(annotation, sized, "a String, a List, a Set or a Map; for a number @Min and @Max");
    if (min < 0 || max < min) {
      throw unusable("@Size(min = %d, max = %d) (expected: 0 <= min <= max)".formatted(min, max));
    }
    int low = length == null ? min : Math.max(min, length.min());
    int high = length == null ? max : Math.min(max, length.max());
    String earlier = length == null ? null : length.message();
    length = new Length(low, high, earlier == null ? own(message) : earlier);
  }

  private void require(Annotation annotation, boolean fits, String expected) {
    if (!fits) {
      throw unusable("@%s (expected: at %s)".formatted(name(annotation), expected));
    }
  }

  private java.util.regex.Pattern compiled(Pattern pattern) {
    int flags = 0;
    for (Pattern.Flag flag : pattern.flags()) {
      flags |= flag.getValue();
    }
    try {
      return java.util.regex.Pattern.compile(pattern.regexp(), flags);
    } catch (PatternSyntaxException e) {
      throw unusable(
          "@Pattern(regexp = \"%s\"), which is no regular expression: %s near index %d (expected: one of java.util.regex)"
              .formatted(pattern.regexp(), e.getDescription(), e.getIndex()));
    }
  }

  private Constraints result() {
    numbers.requireRange();
    return new Constraints(
        notBlank, length, numbers.least(), numbers.most(), numbers.digits(), email, patterns);
  }

  // Groups and payloads are for validators that are called by hand.
  private void refuseGroups(Annotation annotation) {
    if (!isConstraint(annotation)) {
      return;
    }
    for (String attribute : List.of("groups", "payload")) {
      try {
        Object value = annotation.annotationType().getMethod(attribute).invoke(annotation);
        if (value instanceof Class<?>[] classes && classes.length > 0) {
          throw unusable("@%s with %s (expected: without)".formatted(name(annotation), attribute));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(where + ": @" + name(annotation) + ": " + e, e);
      }
    }
  }

  private static boolean isConstraint(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    Class<?> outer = type.getEnclosingClass();
    return type.isAnnotationPresent(Constraint.class)
        || (outer != null && outer.isAnnotationPresent(Constraint.class));
  }

  // The default is a key like {jakarta.validation.constraints.Size.message}.
  static @Nullable String own(String message) {
    return message.startsWith("{") ? null : message;
  }

  private static String name(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
  }

  private IllegalArgumentException unusable(String what) {
    return new IllegalArgumentException(where + " has " + what);
  }
}
