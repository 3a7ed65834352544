package dev.troupe.protocol.service;

import dev.troupe.protocol.service.ConstraintReader.ValueKind;
import dev.troupe.protocol.service.Constraints.Bound;
import dev.troupe.protocol.service.Constraints.DigitCount;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Collects what the annotations at one place demand of numbers. */
final class BoundReader {
  private final String where;
  private final ValueKind kind;
  private @Nullable Bound least;
  private @Nullable Bound most;
  private @Nullable DigitCount digits;

  BoundReader(String where, ValueKind kind) {
    this.where = where;
    this.kind = kind;
  }

  /** Whether {@code annotation} is one for numbers. */
  boolean read(Annotation annotation) {
    if (annotation instanceof Min min) {
      least(annotation, BigDecimal.valueOf(min.value()), true, "min", min.message());
    } else if (annotation instanceof Max max) {
      most(annotation, BigDecimal.valueOf(max.value()), true, "max", max.message());
    } else if (annotation instanceof DecimalMin min) {
      least(annotation, number(min.value()), min.inclusive(), "decimal_min", min.message());
    } else if (annotation instanceof DecimalMax max) {
      most(annotation, number(max.value()), max.inclusive(), "decimal_max", max.message());
    } else if (annotation instanceof Positive positive) {
      BigDecimal first = isInteger() ? BigDecimal.ONE : BigDecimal.ZERO;
      least(annotation, first, isInteger(), "positive", positive.message());
    } else if (annotation instanceof PositiveOrZero positive) {
      least(annotation, BigDecimal.ZERO, true, "positive_or_zero", positive.message());
    } else if (annotation instanceof Negative negative) {
      BigDecimal last = isInteger() ? BigDecimal.ONE.negate() : BigDecimal.ZERO;
      most(annotation, last, isInteger(), "negative", negative.message());
    } else if (annotation instanceof NegativeOrZero negative) {
      most(annotation, BigDecimal.ZERO, true, "negative_or_zero", negative.message());
    } else if (annotation instanceof Digits wanted) {
      digits(annotation, wanted);
    } else {
      return false;
    }
    return true;
  }

  private boolean isInteger() {
    return kind == ValueKind.INTEGER;
  }

  private void least(
      Annotation annotation, BigDecimal value, boolean inclusive, String code, String message) {
    requireNumber(annotation);
    if (least != null) {
      throw unusable("two lower bounds (expected: one of Min, DecimalMin, Positive, …)");
    }
    least = new Bound(value, inclusive, code, ConstraintReader.own(message));
  }

  private void most(
      Annotation annotation, BigDecimal value, boolean inclusive, String code, String message) {
    requireNumber(annotation);
    if (most != null) {
      throw unusable("two upper bounds (expected: one of Max, DecimalMax, Negative, …)");
    }
    most = new Bound(value, inclusive, code, ConstraintReader.own(message));
  }

  private void digits(Annotation annotation, Digits wanted) {
    requireNumber(annotation);
    if (wanted.integer() < 0 || wanted.fraction() < 0) {
      throw unusable(
          "@Digits(integer = %d, fraction = %d) (expected: both 0 or more)"
              .formatted(wanted.integer(), wanted.fraction()));
    }
    digits =
        new DigitCount(wanted.integer(), wanted.fraction(), ConstraintReader.own(wanted.message()));
  }

  private void requireNumber(Annotation annotation) {
    if (!isInteger() && kind != ValueKind.DECIMAL) {
      throw unusable(
          "@%s (expected: at a number; for a text or a list @Size)"
              .formatted(annotation.annotationType().getSimpleName()));
    }
  }

  private BigDecimal number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (DecimalInput.isBounded(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is too large.
    }
    throw unusable("the bound \"" + text + "\" (expected: a number like \"0.01\")");
  }

  /** Whether no number is within the bounds. */
  private boolean isEmpty() {
    if (least == null || most == null) {
      return false;
    }
    int order = least.value().compareTo(most.value());
    return order > 0 || (order == 0 && !(least.inclusive() && most.inclusive()));
  }

  void requireRange() {
    if (isEmpty()) {
      throw unusable(
          "the bounds %s and %s, between which no number is (expected: the lower one first)"
              .formatted(least.value(), most.value()));
    }
  }

  @Nullable Bound least() {
    return least;
  }

  @Nullable Bound most() {
    return most;
  }

  @Nullable DigitCount digits() {
    return digits;
  }

  private IllegalArgumentException unusable(String what) {
    return new IllegalArgumentException(where + " has " + what);
  }
}
