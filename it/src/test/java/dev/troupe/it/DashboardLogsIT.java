package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The logs of the dashboard in a real browser: searched, and live. */
final class DashboardLogsIT extends BesideFakeSeedNode {
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
  void liveLinesStayAtTheirEndUntilSomebodyScrollsUp() {
    seed.answer(
        "/logs",
        found(
            IntStream.rangeClosed(1, 500)
                .mapToObj(number -> line(number, "line " + number))
                .toArray()));
    browser.open(seed.url("/ui/logs?live=1"));
    await().until(() -> seed.readers("/logs/follow") == 1);
    browser.until(page -> count(".line") == 500);
    for (int number = 501; number <= 2100; number++) {
      seed.send("/logs/follow", "", "line", line(number, "line " + number));
    }
    browser.until(page -> count(".line") == 2000 && isAtEnd() && lastLine().equals("line 2100"));
    browser.script(
        "const log = document.getElementById('log');"
            + "log.dispatchEvent(new WheelEvent('wheel', { deltaY: -900 })); log.scrollTop -= 900");
    browser.awaitText("main", "Paused");
    seed.send("/logs/follow", "", "line", line(2101, "line 2101"));
    browser.awaitText("main", "1 new lines");
    assertThat(lastLine()).isEqualTo("line 2100");
    browser.script(
        "[...document.querySelectorAll('button')].find(one => one.textContent === 'Go on').click()");
    browser.until(page -> isAtEnd() && lastLine().equals("line 2101"));
  }

  private static boolean isAtEnd() {
    return (Boolean)
        browser.script(
            "const log = document.getElementById('log'); return log.scrollHeight - log.scrollTop - log.clientHeight < 2");
  }

  private static String lastLine() {
    return (String)
        browser.script("return [...document.querySelectorAll('.line span')].at(-1).textContent");
  }
}
