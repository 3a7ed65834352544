package dev.troupe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The sets of slots that can be killed together. */
final class Subsets {
  static final String SEED = "seed-1";

  private Subsets() {}

  /**
   * All sets that are not empty. Sets with the seed node and sets without alternate, so that each
   * new seed node supervises the recovery from one set that does not have it.
   */
  static List<Set<String>> of(List<String> slots) {
    List<Set<String>> all =
        IntStream.range(1, 1 << slots.size()).mapToObj(bits -> subset(slots, bits)).toList();
    List<Set<String>> with = all.stream().filter(subset -> subset.contains(SEED)).toList();
    List<Set<String>> without = all.stream().filter(subset -> !subset.contains(SEED)).toList();
    List<Set<String>> inTurn = new ArrayList<>();
    for (int i = 0; i < Math.max(with.size(), without.size()); i++) {
      with.stream().skip(i).findFirst().ifPresent(inTurn::add);
      without.stream().skip(i).findFirst().ifPresent(inTurn::add);
    }
    return inTurn;
  }

  private static Set<String> subset(List<String> slots, int bits) {
    Set<String> subset = new TreeSet<>();
    for (int i = 0; i < slots.size(); i++) {
      if ((bits & 1 << i) != 0) {
        subset.add(slots.get(i));
      }
    }
    return subset;
  }
}
