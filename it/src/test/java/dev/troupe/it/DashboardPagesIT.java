package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.Event;
import dev.troupe.protocol.control.EventKind;
import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of the dashboard in a real browser. */
final class DashboardPagesIT extends BesideFakeSeedNode {
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
  void aTraceIsFoundByItsRequestAndItsSpansLeadToTheirLogs() {
    browser.open(seed.url("/ui/traces"));
    browser.awaitText("table", "GET /users/{user_id}");
    browser.type("input[name='request-id']", "lunch-7");
    browser.click("form button[type=submit]");
    browser.until(page -> browser.url().endsWith("/ui/traces?request-id=lunch-7"));
    browser.click("table a");
    browser.awaitText("h1", "GET /users/{user_id}");
    browser.awaitText("table", "lost killed by SIGKILL");
    assertThat(texts("td[data-label=Work]"))
        .containsExactly("GET /users/{user_id}", "get_user → Shop-1", "get_user");
    assertThat(count("img.bar")).isEqualTo(3);
    browser.click("tr[data-end=lost] a[aria-label='Logs of Shop-1']");
    browser.until(page -> browser.url().endsWith("/ui/logs?slot=Shop-1&request=lunch-7"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aTraceThatIsNotKeptSaysSo() {
    browser.open(seed.url("/ui/traces/00000000000000000000000000000001"));
    browser.awaitText("main", "there is no /traces/00000000000000000000000000000001");
    assertThat(browser.errors()).as("of the browser itself").allMatch(it -> it.contains("404"));
  }

  private static String focused() {
    return (String) browser.script("return document.activeElement.textContent");
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
  void busyAndBlockedThreadsAreShown() {
    seed.answer("/slots/Shop-1", Map.of("slot", slot(1), "why", List.of(), "events", List.of()));
    seed.answer("/slots/Shop-1/files", Map.of("files", List.of()));
    seed.answer(
        "/slots/Shop-1/threads",
        Map.of(
            "dumps",
            3,
            "millis",
            3500,
            "threads",
            List.of(thread("spins", "RUNNABLE", 3400), thread("parked", "WAITING", 0))));
    browser.open(seed.url("/ui/slots/Shop-1"));
    browser.awaitText("main", "Take three thread dumps");

    browser.click("main button[data-key=threads]");

    browser.awaitText("table[aria-label=Threads]", "3400 ms");
    assertThat(browser.text("table[aria-label=Threads]"))
        .contains("spins")
        .doesNotContain("parked");
  }

  private static Map<String, Object> thread(String name, String state, long cpuMillis) {
    return Map.of(
        "name",
        name,
        "states",
        List.of(state, state, state),
        "cpu_millis",
        cpuMillis,
        "same",
        true,
        "stack",
        List.of("at a.B.c(B.java:1)"));
  }

  @Test
  void aSlotThatIsScaledAwayWhileItIsShownSaysSo() {
    seed.answer(
        "/slots/Shop-3", Map.of("slot", slot(3), "why", List.of("it runs"), "events", List.of()));
    seed.answer(
        "/slots/Shop-3/files",
        Map.of("files", List.of(Map.of("name", "Shop-3.out", "kind", "out", "bytes", 2048))));
    browser.open(seed.url("/ui/slots/Shop-3"));
    browser.awaitText(".why", "it runs");
    browser.awaitText(".files", "Shop-3.out start failures and thread dumps, 2 KiB");
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
    for (String page :
        List.of("/ui/", "/ui/events", "/ui/cluster", "/ui/logs", "/ui/traces", "/ui/calls")) {
      browser.click("nav a[href='" + page + "']");
      browser.until(any -> browser.script("return location.pathname").equals(page));
      browser.until(any -> browser.text("nav a[aria-current]").equals(browser.text("h1")));
      places.add(
          browser.script(
              "return [...document.querySelectorAll('header *')].map(one => one.getBoundingClientRect().left)"));
    }
    assertThat(places).allMatch(places.get(0)::equals);
  }

  @Test
  void aChangeOfOneSlotOfAThousandTouchesItsRowOnly() {
    List<SlotStatus> slots = new ArrayList<>(cluster(1000).slots());
    seed.greet("/stream", "status", new ClusterStatus(null, slots));
    browser.open(seed.url("/ui/"));
    browser.until(page -> count("table[aria-label=Slots] tbody tr") == 1000);
    browser.script("document.querySelector('tr[data-key=Shop-2] button').focus()");
    browser.script(
        "window.made = 0;"
            + "const create = document.createElement.bind(document);"
            + "document.createElement = name => { made++; return create(name); };");
    slots.set(499, slot(500, SlotState.FAILED, "it is broken"));
    seed.send("/stream", "", "status", new ClusterStatus(null, slots));
    browser.awaitText("tbody tr:first-child", "it is broken");
    assertThat((Long) browser.script("return made")).as("elements made").isLessThan(100);
    assertThat(focusedRow()).isEqualTo("Shop-2");

    slots.set(499, slot(500));
    seed.send("/stream", "", "status", new ClusterStatus(null, slots));
    browser.awaitText("tbody tr:first-child", "Shop-1");
    assertThat(focusedRow()).as("no other row is moved").isEqualTo("Shop-2");
  }

  private static Object focusedRow() {
    return browser.script("return document.activeElement.closest('tr')?.dataset.key");
  }

  @Test
  void whatTheStreamTellsWhileTheFirstEventsAreLoadedIsKept() throws Exception {
    Event launched = Event.of(AT.minusSeconds(1), "Shop-1", EventKind.LAUNCHED, 1, 101L);
    Event ready = Event.of(AT, "Shop-1", EventKind.READY, 1, 101L);
    Event exited = Event.of(AT.plusSeconds(1), "Shop-2", EventKind.EXITED, 1, 102L);
    seed.answer("/events", Map.of("events", List.of(launched, ready)));
    seed.hold("/events");
    browser.open(seed.url("/ui/events"));
    await().until(() -> seed.readers("/stream") == 1);
    tell(ready);
    tell(exited);
    browser.awaitText(".timeline", "exited");
    seed.release("/events");
    browser.awaitText(".timeline", "launched");
    assertThat(texts(".timeline b")).containsExactly("exited", "ready", "launched");
  }

  private void tell(Event event) {
    seed.send("/stream", event.at() + "_1", "event", event);
  }

  @Test
  void twoEventsOfOneMillisecondAreTwoEntries() {
    Event first = Event.of(AT, "Shop-1", EventKind.DOWN, 1, 101L).withReason("the first");
    Event second = Event.of(AT, "Shop-1", EventKind.DOWN, 2, 201L).withReason("the second");
    seed.answer("/events", Map.of("events", List.of(first, second)));
    browser.open(seed.url("/ui/events"));
    browser.awaitText(".timeline", "the second");
    tell(Event.of(AT.plusSeconds(1), "Shop-2", EventKind.READY, 1, 9L));
    browser.awaitText(".timeline", "Shop-2");
    assertThat(texts(".timeline .words"))
        .containsExactly("pid 9", "pid 201 · the second", "pid 101 · the first");
    assertThat(texts(".timeline li").stream().distinct()).hasSize(3);
  }
}
