package dev.troupe.seed.alerts;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.Initiator;
import dev.troupe.protocol.control.Rollout;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.registry.BreakerState;
import dev.troupe.protocol.registry.CallReport;
import dev.troupe.protocol.registry.DeadWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is not well.
 *
 * @param waitingRoom the number of requests that may wait in one node for a service
 */
record AlertRules(int waitingRoom) {
  /** How long events are looked at. */
  static final Duration MEMORY = Duration.ofMinutes(10);

  private static final int MANY_RELAUNCHES = 2;
  private static final int FEWEST_CALLS = 50;
  private static final int ERROR_PERCENT = 5;
  private static final int WAITING_PERCENT = 80;
  private static final int DISK_PERCENT = 10;

  List<Problem> problems(Observation now) {
    List<Problem> problems = new ArrayList<>();
    now.diskPercent()
        .ifPresent(
            percent -> {
              if (percent < DISK_PERCENT) {
                String text = "only %d %% of the disk of the home are free".formatted(percent);
                problems.add(new Problem(AlertKind.DISK_FULL, "disk", null, text));
              }
            });
    Instant old = now.at().minus(MEMORY);
    for (SlotStatus slot : now.status().slotsOf(NodeNames.SEED)) {
      if (slot.restarts() > 0 && slot.since().isAfter(old)) {
        String text = "the seed node was relaunched" + reason(slot.reason());
        problems.add(new Problem(AlertKind.SEED_RELAUNCHED, NodeNames.SEED, slot.slot(), text));
      }
    }
    problems.addAll(dead(now.dead(), DeadWork.Kind.NOTIFICATION, AlertKind.DEAD_NOTIFICATIONS));
    problems.addAll(dead(now.dead(), DeadWork.Kind.EVENT, AlertKind.DEAD_EVENTS));
    problems.addAll(inState(now, SlotState.FAILED, AlertKind.SLOT_FAILED));
    problems.addAll(relaunches(now.events(), old));
    problems.addAll(inState(now, SlotState.UNHEALTHY, AlertKind.UNHEALTHY));
    problems.addAll(calls(now.calls()));
    Set<String> ordered = ordered(now);
    problems.removeIf(
        problem -> problem.kind().isExpectedDuringOrders() && ordered.contains(problem.subject()));
    return problems;
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }

  private static List<Problem> inState(Observation now, SlotState state, AlertKind kind) {
    Map<String, List<SlotStatus>> services =
        now.status().slots().stream()
            .filter(slot -> slot.state() == state)
            .collect(
                Collectors.groupingBy(
                    SlotStatus::service, LinkedHashMap::new, Collectors.toList()));
    List<Problem> problems = new ArrayList<>();
    services.forEach(
        (service, slots) -> {
          String text =
              "%s %s %s%s"
                  .formatted(
                      joined(slots, SlotStatus::slot),
                      slots.size() == 1 ? "is" : "are",
                      state.label(),
                      reason(slots.get(0).reason()));
          problems.add(new Problem(kind, service, slots.get(0).slot(), text));
        });
    return problems;
  }

  private static List<Problem> dead(
      List<Observation.Dead> all, DeadWork.Kind what, AlertKind kind) {
    Map<String, List<DeadWork>> services =
        all.stream()
            .filter(dead -> dead.work().kind() == what)
            .collect(
                Collectors.groupingBy(
                    Observation.Dead::service,
                    TreeMap::new,
                    Collectors.mapping(Observation.Dead::work, Collectors.toList())));
    List<Problem> problems = new ArrayList<>();
    services.forEach(
        (service, works) -> {
          String queues =
              works.stream()
                  .map(work -> "%d %s".formatted(work.count(), work.queue()))
                  .distinct()
                  .collect(Collectors.joining(", "));
          String text =
              what == DeadWork.Kind.NOTIFICATION
                  ? "%s has dead notifications, by channel: %s"
                  : "%s has dead events, by source: %s";
          problems.add(new Problem(kind, service, null, text.formatted(service, queues)));
        });
    return problems;
  }

  private static <T> String joined(List<T> list, Function<T, String> name) {
    return list.stream().map(name).distinct().collect(Collectors.joining(", "));
  }

  private static List<Problem> relaunches(List<Event> events, Instant old) {
    Map<String, List<Event>> slots =
        events.stream()
            .filter(event -> event.kind() == EventKind.RELAUNCHING && event.slot() != null)
            .filter(event -> event.by() != Initiator.OPERATOR && event.at().isAfter(old))
            .collect(
                Collectors.groupingBy(
                    event -> String.valueOf(event.slot()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, Problem> problems = new LinkedHashMap<>();
    slots.forEach(
        (slot, relaunches) -> {
          if (relaunches.size() >= MANY_RELAUNCHES) {
            String text =
                "%s was relaunched %d times within %d minutes"
                    .formatted(slot, relaunches.size(), MEMORY.toMinutes());
            String service = NodeNames.serviceOf(slot);
            problems.putIfAbsent(
                service, new Problem(AlertKind.RELAUNCHED_OFTEN, service, slot, text));
          }
        });
    return List.copyOf(problems.values());
  }

  private List<Problem> calls(List<Observation.Calls> all) {
    Map<String, Problem> problems = new LinkedHashMap<>();
    for (Observation.Calls calls : all) {
      for (Problem problem : problems(calls)) {
        problems.putIfAbsent(problem.key(), problem);
      }
    }
    return List.copyOf(problems.values());
  }

  private List<Problem> problems(Observation.Calls calls) {
    List<Problem> problems = new ArrayList<>();
    CallReport.CircuitBreaker breaker = calls.report().circuitBreaker();
    if (breaker.state() != BreakerState.CLOSED) {
      problems.add(
          problem(
              AlertKind.BREAKER_OPEN,
              calls,
              "%s sends no calls to %s: its circuit breaker is open"));
    }
    int waiting = calls.report().waitingRoom().requests();
    if (waiting * 100L > (long) waitingRoom * WAITING_PERCENT) {
      problems.add(
          problem(
              AlertKind.WAITING_ROOM_FULL,
              calls,
              "in %s wait " + waiting + " of at most " + waitingRoom + " requests for %s"));
    }
    if (breaker.calls() >= FEWEST_CALLS
        && breaker.failures() * 100L > (long) breaker.calls() * ERROR_PERCENT) {
      problems.add(
          problem(
              AlertKind.ERRORS,
              calls,
              "of the last calls that %s made of %s, "
                  + breaker.failures()
                  + " of "
                  + breaker.calls()
                  + " failed"));
    }
    return problems;
  }

  private static Problem problem(AlertKind kind, Observation.Calls calls, String text) {
    return new Problem(
        kind, calls.service(), null, text.formatted(calls.caller(), calls.service()));
  }

  // What an operator's order brings with it is no news.
  private static Set<String> ordered(Observation now) {
    Set<String> services =
        now.status().rollouts().stream()
            .filter(rollout -> rollout.state() == Rollout.State.ROLLING)
            .map(Rollout::service)
            .collect(Collectors.toSet());
    now.status().slots().stream()
        .filter(slot -> slot.state() == SlotState.STOPPING || slot.state() == SlotState.STOPPED)
        .forEach(slot -> services.add(slot.service()));
    return services;
  }
}
