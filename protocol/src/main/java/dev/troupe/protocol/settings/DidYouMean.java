package dev.troupe.protocol.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant, by Levenshtein distance. */
public final class DidYouMean {
  private DidYouMean() {}

  /** The most similar of {@code known}, if it is similar enough to have been meant. */
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .filter(other -> distance(name, other) <= allowed(name.length()));
  }

  // Two letters the wrong way round are a distance of 2, even in a short name.
  private static int allowed(int length) {
    return Math.max(length / 3, Math.min(2, length / 2));
  }

  /** The question to append to a message about {@code name}; empty when nothing comes near it. */
  static String hint(String name, Collection<String> known) {
    return to(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /** How many letters must be changed, added or taken away, upper and lower case being the same. */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
