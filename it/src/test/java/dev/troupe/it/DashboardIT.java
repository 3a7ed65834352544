package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.troupe.protocol.control.SlotState;
import dev.troupe.protocol.control.SlotStatus;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, beside a cluster whose processes are killed. */
final class DashboardIT {
  private static final String ROW = "tr[data-key='UserService-1'] ";
  private static final int WIDE = 1280;
  private static final int NARROW = 390;

  @TempDir private static Path home;
  @TempDir private static Path profile;
  private static Browser browser;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(profile);
    browser.size(WIDE, 900);
    cluster = Cluster.start(home, Cluster.THREE_SERVICES + "troupe.management.port = 0");
    cluster.awaitWhole();
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String link() throws IOException {
    Command dashboard = cluster.run("dashboard", "--json", "--no-open");
    assertThat(dashboard.exitCode()).as(dashboard.output()).isZero();
    return Json.MAPPER.readTree(dashboard.output()).get("url").asText();
  }

  private static String page(String path) throws IOException {
    String link = link();
    return link.substring(0, link.indexOf("/login/")) + path;
  }

  private static SlotStatus user() {
    return cluster.slot("UserService-1");
  }

  @Test
  void aLoginLinkIsGoodOnceAndLeadsToAKillThatIsSeenAsItHappens() throws Exception {
    String link = link();
    browser.open(link);
    browser.awaitText(ROW, "running");
    browser.open(page("/ui/"));
    browser.awaitText(ROW, "running");
    chartsAreDrawn(3);
    screenshots("overview");
    assertThat(browser.script("return document.cookie")).as("hidden from scripts").isEqualTo("");
    // Whoever finds the link in a history cannot use it.
    assertThat(Client.ofManagement(link, Client.newConnections()).get("").status()).isEqualTo(403);

    SlotStatus before = user();
    browser.script("window.notReloaded = true");
    cluster.signal("KILL", before.pid());
    browser.until(
        any ->
            !browser.text(ROW + ".state").equals("running")
                || !browser.text(ROW + "[data-label=Generation]").equals("1"));
    cluster.awaitSlot(
        "UserService-1",
        slot -> slot.state() == SlotState.RUNNING && slot.generation() > before.generation());
    browser.awaitText(ROW, "running");
    assertThat(browser.script("return window.notReloaded")).isEqualTo(true);

    browser.click(ROW + "a");
    browser.awaitText(".lifeline", "SIGKILL");
    browser.awaitText(".why", "was killed by SIGKILL");
    assertThat(browser.url()).endsWith("/ui/slots/UserService-1");
    chartsAreDrawn(5);
    assertThat(browser.text(".chart figcaption")).contains("Requests per second", "at most");
    screenshots("slot");
    browser.back();
    browser.awaitText(ROW, "running");
    serviceAndCluster();
    anActionIsCalled();
    theAttemptThatWasKilledIsFoundByItsRequest();

    replaceAll();
    theSeedNodeMayDie();
    eventsAndLogs();
    assertThat(browser.errors())
        .allSatisfy(
            error ->
                assertThat(error)
                    .containsAnyOf("/stream", "ERR_CONNECTION", "/status", "/traces/"));
  }

  private void theAttemptThatWasKilledIsFoundByItsRequest() throws Exception {
    Client client = cluster.client();
    long pid = cluster.pid("UserService-1");
    cluster.signal("STOP", pid);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () -> client.send(client.request("/users?limit=1").header("X-Request-Id", "lunch-7")));
    ControlApi seed = new ControlApi(cluster.home());
    await().until(() -> TraceIT.requestsInTheGateway(seed) == 1);
    cluster.signal("KILL", pid);
    assertThat(answer.join().status()).isEqualTo(200);

    browser.click("nav a[href='/ui/traces']");
    browser.type("input[name='request-id']", "lunch-7");
    browser.click("form button[type=submit]");
    browser.awaitText("table", "GET /users");
    screenshots("traces");
    browser.click("table a");
    browser.awaitText("table", "killed by SIGKILL");
    screenshots("trace");
    browser.click("nav a[href='/ui/']");
    browser.awaitText(ROW, "running");
  }

  private void anActionIsCalled() throws Exception {
    browser.click("nav a[href='/ui/calls']");
    browser.awaitText("table", "POST /users");
    screenshots("calls");
    browser.click("a[href='/ui/calls/POST/users']");
    browser.awaitText("h1", "POST /users");
    browser.script(
        "document.querySelector('textarea').value = arguments[0]",
        "{\"username\":\"grace\",\"email\":\"grace@example.com\"}");
    browser.click("form button[type=submit]");
    browser.awaitText("dialog", "curl -i -X POST -H 'Idempotency-Key: ");
    browser.click("dialog .primary");
    browser.awaitText("[role=status] h2", "Answer 201");
    browser.awaitText("pre", "grace@example.com");
    screenshots("call");
    browser.click("[role=status] p a");
    // Spans are collected some seconds later.
    browser.awaitText("table", "create_user");
    browser.click("nav a[href='/ui/']");
    browser.awaitText(ROW, "running");
  }

  private static void chartsAreDrawn(int count) {
    browser.until(
        any ->
            browser
                .script("return document.querySelectorAll('load-chart canvas').length")
                .equals((long) count));
  }

  private void replaceAll() {
    int before = user().generation();
    browser.click("button[aria-label='Replace all processes of UserService']");
    browser.awaitText("dialog", "bin/troupe restart --rolling UserService");
    browser.click("dialog .primary");
    browser.until(any -> browser.text(".notice[data-state=done]").contains("UserService"));
    assertThat(user().generation()).isGreaterThan(before);
  }

  private void theSeedNodeMayDie() {
    Long seed = cluster.slot("seed-1").pid();
    cluster.signal("KILL", seed);
    browser.awaitText("#banner", "No connection to the seed node");
    browser.awaitGone("#banner p");
    await().until(() -> browser.text("tr[data-key='seed-1'] .state").equals("running"));
  }

  private void serviceAndCluster() throws Exception {
    browser.click("a[href='/ui/services/UserService']");
    browser.awaitText("table[aria-label=Instances]", "UserService-1");
    assertThat(cluster.client().get("/users?limit=1").status()).isEqualTo(200);
    browser.awaitText("table[aria-label=Callers]", "gateway-1");
    browser.awaitText("table[aria-label='Calls between services']", "gateway");
    await()
        .until(
            () -> {
              assertThat(cluster.client().get("/users?limit=1").status()).isEqualTo(200);
              return browser.text("svg.graph").contains("/s");
            });
    screenshots("service");
    browser.click("nav a[href='/ui/cluster']");
    browser.awaitText("table[aria-label=Members]", "gateway-1");
    browser.awaitText("main", "All 5 nodes hold the same.");
    browser.awaitText("table[aria-label=Entries] tr[data-key='UserService-1']", "ago · #");
    screenshots("cluster");
    browser.click("nav a[href='/ui/']");
    browser.awaitText(ROW, "running");
  }

  private void eventsAndLogs() throws Exception {
    browser.click("nav a[href='/ui/events']");
    browser.awaitText(".timeline", "exited");
    screenshots("events");
    browser.open(page("/ui/events?slot=UserService-1&kind=exited"));
    browser.awaitText(".timeline", "SIGKILL");
    browser.open(page("/ui/logs?slot=UserService-1"));
    browser.awaitText(".log", "UserService-1");
    screenshots("logs");
  }

  private static void screenshots(String name) throws IOException {
    List<String> themes = List.of("light", "dark");
    String directory = System.getProperty("troupe.screenshots", "");
    for (int width : List.of(WIDE, NARROW)) {
      browser.size(width, 900);
      for (String theme : themes) {
        browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
        assertThat(browser.barriers()).as("%s at %d, %s", name, width, theme).isEmpty();
        assertThat(
                (Boolean)
                    browser.script(
                        "return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("%s fits into %d pixels", name, width)
            .isTrue();
        if (!directory.isEmpty()) {
          browser.screenshot(Path.of(directory, "%s-%d-%s.png".formatted(name, width, theme)));
        }
      }
    }
    browser.size(WIDE, 900);
    browser.script("delete document.documentElement.dataset.theme");
  }
}
