package dev.troupe.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, that of the machine. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<Path> CHROMIUM =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final List<Path> DRIVER =
      List.of(Path.of("/usr/bin/chromedriver"), Path.of("/usr/local/bin/chromedriver"));

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts the browser. Without one the test is skipped, but fails where everything must be tested.
   *
   * @param profile an empty directory
   */
  static Browser start(Path profile) {
    Optional<Path> chromium = first(CHROMIUM);
    Optional<Path> chromedriver = first(DRIVER);
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      String missing =
          "THE DASHBOARD IS NOT TESTED: there is no Chromium with its driver (apt-get install"
              + " chromium chromium-driver)";
      assertThat(System.getenv("CI")).as(missing).isNull();
      System.err.println(missing);
      abort(missing);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion",
        "--lang=en-US",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> first(List<Path> candidates) {
    return Stream.of(candidates).flatMap(List::stream).filter(Files::isExecutable).findFirst();
  }

  void open(String url) {
    driver.get(url);
  }

  String url() {
    return driver.getCurrentUrl();
  }

  void back() {
    driver.navigate().back();
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Waits until the page has an element, and clicks it. */
  void click(String css) {
    until(
        page -> {
          page.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  /** Waits until the page has a field, and types into it. */
  void type(String css, String text) {
    until(
        page -> {
          page.findElement(By.cssSelector(css)).sendKeys(text);
          return true;
        });
  }

  /** Waits until an element has a text. */
  void awaitText(String css, String text) {
    until(page -> text(css).contains(text));
  }

  void awaitGone(String css) {
    until(page -> page.findElements(By.cssSelector(css)).isEmpty());
  }

  /** The text of the first element; empty if there is none. */
  String text(String css) {
    List<WebElement> found = driver.findElements(By.cssSelector(css));
    return found.isEmpty() ? "" : found.get(0).getText();
  }

  /** Waits until {@code condition} is true of the page, which may change meanwhile. */
  void until(Function<WebDriver, Boolean> condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .ignoring(org.openqa.selenium.NoSuchElementException.class)
        .ignoring(org.openqa.selenium.ElementNotInteractableException.class)
        .until(condition);
  }

  /** The result of a script in the page. */
  Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** The errors that the page has written to its console. */
  List<String> errors() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(Object::toString)
        .filter(line -> line.contains("SEVERE"))
        .toList();
  }

  /** What axe finds wrong for people who use the page by keyboard or screen reader. */
  List<?> barriers() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8));
    }
    return (List<?>)
        driver.executeAsyncScript(
            "const done = arguments[0]; axe.run().then(result => done(result.violations.map(one =>"
                + " one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' '))));");
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
