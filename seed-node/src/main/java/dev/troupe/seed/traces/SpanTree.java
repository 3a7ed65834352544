package dev.troupe.seed.traces;

import dev.troupe.protocol.trace.Span;
import dev.troupe.protocol.trace.SpanKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders the spans of a trace, and brings the clocks of their nodes together: what one node does
 * for another does not begin before it was asked for, and what somebody waited for does not end
 * later than the wait. A node whose spans would is moved in time, with all of its spans.
 */
final class SpanTree {
  /**
   * A span in its place.
   *
   * @param depth how many spans are above it
   * @param parent the id of the span above it; 0 if there is none
   * @param startMicros since the epoch, by the clock of the first span
   */
  record Placed(CollectedSpan collected, int depth, long parent, long startMicros) {
    long endMicros() {
      return startMicros + collected.span().durationMicros();
    }
  }

  private record Node(String slot, int generation) {
    static Node of(CollectedSpan span) {
      return new Node(span.slot(), span.generation());
    }
  }

  // The ids of spans are random, but a process may send any; a chain of them must end.
  private static final int MOST_DEPTH = 64;

  private final Map<Long, List<CollectedSpan>> children = new HashMap<>();
  private final Map<Node, Long> shifts = new LinkedHashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private final List<Placed> placed = new ArrayList<>();

  private SpanTree() {}

  /** Each span after the one that asked for it; those of one parent in the order of time. */
  static List<Placed> order(Collection<CollectedSpan> spans) {
    SpanTree tree = new SpanTree();
    Set<Long> ids = new HashSet<>();
    spans.forEach(span -> ids.add(span.span().id()));
    List<CollectedSpan> roots = new ArrayList<>();
    for (CollectedSpan span : spans) {
      long parent = span.span().parent();
      if (ids.contains(parent) && parent != span.span().id()) {
        tree.children.computeIfAbsent(parent, none -> new ArrayList<>()).add(span);
      } else {
        roots.add(span);
      }
    }
    roots.sort(
        Comparator.comparing((CollectedSpan span) -> span.span().kind() != SpanKind.REQUEST)
            .thenComparing(span -> span.span().startMicros()));
    roots.forEach(root -> tree.place(root, null));
    // Those that name each other as parents.
    spans.forEach(span -> tree.place(span, null));
    return List.copyOf(tree.placed);
  }

  private void place(CollectedSpan span, @Nullable Placed above) {
    if (!seen.add(span.span().id())) {
      return;
    }
    int depth = above == null ? 0 : above.depth() + 1;
    long shift = shifts.computeIfAbsent(Node.of(span), node -> shift(span, above));
    Placed here =
        new Placed(
            span,
            depth,
            above == null ? 0 : above.collected().span().id(),
            span.span().startMicros() + shift);
    placed.add(here);
    List<CollectedSpan> below = children.getOrDefault(span.span().id(), List.of());
    if (depth < MOST_DEPTH) {
      below.stream()
          .sorted(Comparator.comparing(child -> child.span().startMicros()))
          .forEach(child -> place(child, here));
    }
  }

  // By how much the clock of a node is moved, of which `span` is the first one.
  private static long shift(CollectedSpan span, @Nullable Placed above) {
    if (above == null) {
      return 0;
    }
    Span own = span.span();
    boolean waitedFor = above.collected().span().kind() == SpanKind.ATTEMPT;
    long spare = above.collected().span().durationMicros() - own.durationMicros();
    boolean early = own.startMicros() < above.startMicros();
    boolean late = own.startMicros() + own.durationMicros() > above.endMicros();
    if (waitedFor && spare >= 0 && (early || late)) {
      return above.startMicros() + spare / 2 - own.startMicros();
    }
    return early ? above.startMicros() - own.startMicros() : 0;
  }
}
