package dev.troupe.it;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.control.TraceSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A browser, and for each test a seed node that says what the test wants. */
abstract class BesideFakeSeedNode {
  static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

  private static final TraceSummary TRACE =
      new TraceSummary(
          "4bf92f3577b34da6a3ce929d0e0e4736",
          "lunch-7",
          "GET /users/{user_id}",
          200,
          AT,
          6000,
          List.of("moved"),
          3,
          List.of("Shop-1", "gateway-1"));

  @TempDir private static Path profile;
  static Browser browser;
  FakeSeedNode seed;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start(profile);
    browser.size(1280, 900);
  }

  @AfterAll
  static void endBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void startSeed() throws IOException {
    seed = FakeSeedNode.start();
    seed.greet("/stream", "status", cluster(3));
    seed.answer("/status", cluster(3));
    seed.answer("/alerts", Map.of("alerts", List.of()));
    seed.answer("/history", history());
    seed.answer("/history/latest", Map.of("slots", Map.of("Shop-1", load())));
    seed.answer("/events", Map.of("events", List.of()));
    seed.answer("/logs", found(line(1, "first")));
    seed.answer("/traces", new TraceList(List.of(TRACE), 1));
    seed.answer(
        "/traces/" + TRACE.traceId(),
        new TraceReport(
            TRACE,
            List.of(
                span("01", 0, "request", "GET /users/{user_id}", "gateway-1", null, "ok", null),
                span("02", 1, "attempt", "get_user", "gateway-1", "Shop-1", "lost", null),
                span("03", 2, "action", "get_user", "Shop-1", null, "lost", "killed by SIGKILL"))));
    seed.answer("/cluster", Map.of("synced", true, "members", List.of()));
    seed.answer("/cluster/data", Map.of("lag_millis", 3000, "agree", true, "nodes", List.of()));
  }

  private static Map<String, Object> history() {
    Map<String, Object> history = new HashMap<>(load());
    history.replaceAll((name, figure) -> Collections.nCopies(180, figure));
    history.put("from", Instant.now().minusSeconds(900));
    history.put("step_seconds", 5);
    return history;
  }

  private static Map<String, Double> load() {
    return Map.of(
        "cpu", 0.25,
        "heap_bytes", 5e7,
        "resident_bytes", 2e8,
        "gc", 0.01,
        "requests_per_second", 12.3,
        "errors_per_second", 0.5,
        "p50_seconds", 0.002,
        "p95_seconds", 0.0123,
        "p99_seconds", 0.2);
  }

  private static SpanLine span(
      String id,
      int depth,
      String kind,
      String name,
      String slot,
      String peer,
      String end,
      String cause) {
    return new SpanLine(
        id, null, depth, kind, name, slot, 1, peer, depth * 1000L, 4000, end, null, cause);
  }

  @AfterEach
  void endSeed() {
    browser.open("about:blank");
    seed.close();
  }

  static ClusterStatus cluster(int slots) {
    return new ClusterStatus(
        "http://127.0.0.1:1",
        IntStream.rangeClosed(1, slots).mapToObj(BesideFakeSeedNode::slot).toList());
  }

  static SlotStatus slot(int number) {
    return slot(number, SlotState.RUNNING, null);
  }

  static SlotStatus slot(int number, SlotState state, String reason) {
    return new SlotStatus(
        "Shop-" + number,
        "Shop",
        state,
        1,
        100L + number,
        null,
        Instant.now(),
        900L,
        0,
        3,
        null,
        reason,
        List.of());
  }

  static Map<String, Object> found(Object... lines) {
    return Map.of("lines", List.of(lines), "truncated", false);
  }

  static Map<String, Object> line(long offset, String text) {
    return Map.of(
        "at",
        AT.plusMillis(offset),
        "slot",
        "Shop-1",
        "level",
        "INFO",
        "text",
        text,
        "file",
        "Shop-1.log",
        "offset",
        offset);
  }

  static List<String> texts(String css) {
    String script =
        "return [...document.querySelectorAll(arguments[0])].map(one => one.textContent.trim())";
    return ((List<?>) browser.script(script, css)).stream().map(String::valueOf).toList();
  }

  static int count(String css) {
    return ((Long) browser.script("return document.querySelectorAll(arguments[0]).length", css))
        .intValue();
  }
}
