package dev.troupe.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.node.call.OutboundCall;
import dev.troupe.protocol.json.Json;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionHandler;
import dev.troupe.protocol.service.InvalidInputException;
import dev.troupe.protocol.service.ServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The other services, as a test states them: what each of their actions answers, and how they were
 * called. Thread-safe.
 */
final class StubbedServices {
  private final Map<Place, ServiceDefinition> stubs = new ConcurrentHashMap<>();
  private final List<RecordedCall> calls = new CopyOnWriteArrayList<>();
  private final TestEvents events = new TestEvents();
  private final Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();

  private record Place(String service, String action) {
    @Override
    public String toString() {
      return service + " " + action;
    }
  }

  /** The events that the other services have published. */
  TestEvents events() {
    return events;
  }

  /** Sets what the action answers, in place of an earlier stub. */
  <I extends Record, O extends Record> void add(
      String service, Action<I, O> action, ActionHandler<I, O> handler) {
    Place place = new Place(service, action.name());
    stubs.put(
        place, ServiceDefinition.named(service).internal(action, watched(place, handler)).build());
  }

  // The service could hide that a stub failed.
  private <I extends Record, O extends Record> ActionHandler<I, O> watched(
      Place place, ActionHandler<I, O> handler) {
    return (input, call) -> {
      try {
        return handler.handle(input, call);
      } catch (InvalidInputException refusal) {
        throw refusal;
      } catch (Throwable failure) {
        failures.add(new AssertionError("the stub of " + place + " failed: " + failure, failure));
        throw failure;
      }
    };
  }

  /**
   * Records the call of {@code caller}, and finds what answers it. A call without a stub is a
   * failure of the test.
   */
  @Nullable ServiceDefinition called(String caller, OutboundCall call) {
    calls.add(new RecordedCall(call.service(), call.action(), parsed(call), call.requestId()));
    Place place = new Place(call.service(), call.action());
    ServiceDefinition stub = stubs.get(place);
    if (stub == null) {
      failures.add(new AssertionError(missing(caller, place)));
    }
    return stub;
  }

  private String missing(String caller, Place place) {
    String others = stubs.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names()));
    return ("%s called %s of %s, for which the test has no stub (stubs: %s). Add"
            + " .stub(\"%s\", ACTION, input -> …) with the action named %s, or a stub that"
            + " refuses: .stub(\"%s\", ACTION, (input, call) -> Outcome.refused(…))")
        .formatted(
            caller,
            place.action(),
            place.service(),
            others,
            place.service(),
            place.action(),
            place.service());
  }

  private List<String> names() {
    return stubs.keySet().stream().map(Place::toString).toList();
  }

  private static JsonNode parsed(OutboundCall call) {
    try {
      return Json.MAPPER.readTree(call.data().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  void forgetCalls() {
    calls.clear();
  }

  /**
   * @throws AssertionError when a call had no stub, or a stub failed, since the last time
   */
  void throwFailures() {
    List<AssertionError> all = new ArrayList<>();
    for (AssertionError next = failures.poll(); next != null; next = failures.poll()) {
      all.add(next);
    }
    if (!all.isEmpty()) {
      AssertionError first = all.get(0);
      all.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
