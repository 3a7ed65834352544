package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the dashboard in a real browser, beside a seed node that says what a test wants. */
final class DashboardPagesIT {
  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

  @TempDir private static Path profile;
  private static Browser browser;
  private FakeSeedNode seed;

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

  private static ClusterStatus cluster(int slots) {
    return new ClusterStatus(
        "http://127.0.0.1:1",
        IntStream.rangeClosed(1, slots).mapToObj(DashboardPagesIT::slot).toList());
  }

  private static SlotStatus slot(int number) {
    return slot(number, SlotState.RUNNING, null);
  }

  private static SlotStatus slot(int number, SlotState state, String reason) {
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
        null,
        reason,
        List.of());
  }

  private static Map<String, Object> found(Object... lines) {
    return Map.of("lines", List.of(lines), "truncated", false);
  }

  private static Map<String, Object> line(long offset, String text) {
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

  private static String focused() {
    return (String) browser.script("return document.activeElement.textContent");
  }

  @Test
  void enterAloneStopsNoService() throws Exception {
    seed.greet("/stream", "status", cluster(1));
    browser.open(seed.url("/ui/"));
    browser.click("button[aria-label='One instance of Shop less']");
    browser.awaitText("dialog", "Scale Shop to 0");
    assertThat(focused()).isEqualTo("Cancel");

    seed.greet("/stream", "status", cluster(3));
    browser.open(seed.url("/ui/"));
    browser.click("button[aria-label='One instance of Shop less']");
    browser.awaitText("dialog", "Scale Shop to 2");
    assertThat(focused()).isEqualTo("Scale");
  }

  @Test
  void theSameSearchAgainFindsNewLines() {
    browser.open(seed.url("/ui/logs?level=INFO"));
    browser.awaitText(".log", "first");
    Object pages = browser.script("return history.length");
    seed.answer("/logs", found(line(1, "first"), line(2, "second")));
    browser.click(".filters button[type=submit]");
    browser.awaitText(".log", "second");
    assertThat(browser.script("return history.length")).as("pages to go back to").isEqualTo(pages);
  }

  @Test
  void liveLinesGoOnAfterAVisitToAnotherPage() {
    browser.open(seed.url("/ui/logs?live=1"));
    await().until(() -> seed.readers("/logs/follow") == 1);
    browser.awaitText(".log", "first");
    browser.click("nav a[href='/ui/cluster']");
    browser.awaitText("h1", "Cluster");
    browser.back();
    await().until(() -> seed.readers("/logs/follow") == 2);
    browser.awaitText(".log", "first");
    seed.send("/logs/follow", "", "line", line(2, "while it is shown again"));
    browser.awaitText(".log", "while it is shown again");
  }

  @Test
  void aLineThatTheStreamToldDuringTheSearchIsShownOnce() {
    seed.hold("/logs");
    seed.answer("/logs", found(line(1, "first"), line(2, "second")));
    browser.open(seed.url("/ui/logs?live=1"));
    await().until(() -> seed.readers("/logs/follow") == 1);
    seed.send("/logs/follow", "", "line", line(2, "second"));
    seed.send("/logs/follow", "", "line", line(3, "third"));
    browser.awaitText(".log", "third");
    seed.release("/logs");
    browser.awaitText(".log", "first");
    assertThat(texts(".line span")).containsExactly("first", "second", "third");
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String css) {
    return (List<String>)
        browser.script(
            "return [...document.querySelectorAll(arguments[0])].map(one => one.textContent.trim())",
            css);
  }

  @Test
  void theFieldsOfASearchFollowTheAddress() {
    browser.open(seed.url("/ui/logs"));
    browser.awaitText(".log", "first");
    browser.type("input[name=grep]", "timeout");
    browser.click("input[name=regex]");
    browser.click(".filters button[type=submit]");
    browser.until(page -> browser.url().contains("grep=timeout"));
    browser.type("input[name=request]", "not sent");
    browser.back();
    browser.until(page -> !browser.url().contains("grep"));
    browser.until(page -> field("grep").isEmpty());
    assertThat(field("request")).isEmpty();
    assertThat(browser.script("return document.querySelector('[name=regex]').checked"))
        .isEqualTo(false);
    browser.script("history.forward()");
    browser.until(page -> field("grep").equals("timeout"));
    assertThat(browser.script("return document.querySelector('[name=regex]').checked"))
        .isEqualTo(true);
  }

  private static String field(String name) {
    return (String)
        browser.script("return document.querySelector(`[name=${arguments[0]}]`).value", name);
  }

  @Test
  void aSlotThatIsGoneAndABrokenAddressSayWhatToDo() {
    browser.open(seed.url("/ui/slots/Shop-9"));
    browser.awaitText("main", "The cluster has no slot Shop-9 now");
    browser.open(seed.url("/ui/slots/%FF"));
    browser.awaitText("main", "The address of this page is broken");
    browser.open(seed.url("/ui/nowhere"));
    browser.awaitText("main", "There is no such page");
    browser.click("main a");
    browser.awaitText("h1", "Overview");
  }

  @Test
  void aSlotThatIsScaledAwayWhileItIsShownSaysSo() {
    seed.answer(
        "/slots/Shop-3",
        Map.of(
            "slot", slot(3), "why", List.of("it runs"), "restarts_left", 5, "events", List.of()));
    browser.open(seed.url("/ui/slots/Shop-3"));
    browser.awaitText(".why", "it runs");
    seed.send("/stream", "", "status", cluster(2));
    browser.awaitText("main", "The cluster has no slot Shop-3 now");
  }

  @Test
  void theEndOfTheConnectionIsAnnouncedOnce() throws Exception {
    browser.open(seed.url("/ui/"));
    await().until(() -> seed.readers("/stream") == 1);
    browser.script(
        "window.said = []; new MutationObserver(() => said.push(document.getElementById('banner').textContent))"
            + ".observe(document.getElementById('banner'), { subtree: true, childList: true, characterData: true })");
    seed.down(true);
    browser.awaitText("#banner", "No connection to the seed node since");
    // The ages of the slots show that the page was made again meanwhile.
    String age = browser.text("td[data-label=Since]");
    browser.until(page -> !browser.text("td[data-label=Since]").equals(age));
    assertThat((List<?>) browser.script("return said")).hasSize(1);
    seed.down(false);
    browser.awaitGone("#banner p");
  }

  @Test
  void nothingShiftsBetweenPages() {
    List<Object> places = new ArrayList<>();
    seed.greet("/stream", "status", cluster(60));
    browser.open(seed.url("/ui/"));
    browser.awaitText("table", "Shop-60");
    for (String page : List.of("/ui/", "/ui/events", "/ui/cluster", "/ui/logs")) {
      browser.click("nav a[href='" + page + "']");
      browser.until(any -> browser.script("return location.pathname").equals(page));
      browser.until(any -> browser.text("nav a[aria-current]").equals(browser.text("h1")));
      places.add(
          browser.script(
              "return [...document.querySelectorAll('header *')].map(one => one.getBoundingClientRect().left)"));
    }
    assertThat(places).allMatch(places.get(0)::equals);
  }
}
