package dev.troupe.it;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
    seed.answer("/events", Map.of("events", List.of()));
    seed.answer("/logs", found(line(1, "first")));
    seed.answer("/cluster", Map.of("synced", true, "members", List.of()));
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
