package dev.troupe.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionHandler;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ValueHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A service in the JVM of its test: hosted by the code that hosts it in its node, with a SQLite
 * store in a temporary directory that the service's migrations made, and requests that the code of
 * the gateway answers, without connections. Other services are stubs.
 *
 * <pre>{@code
 * @RegisterExtension
 * final TroupeTest stock = TroupeTest.of(new StockService())
 *     .stub("UserService", GET_USER, user -> new User(user.userId(), "Ada"));
 *
 * @Test
 * void anItemIsCreated() {
 *   stock.post("/items", "{\"name\": \"bolt\", \"quantity\": 5}").expect(201);
 * }
 * }</pre>
 *
 * <p>As an extension of JUnit in a field of the instance, it starts the service anew for each test;
 * in a static field, once for all tests of the class. Without JUnit: {@code try (TroupeTest stock =
 * TroupeTest.of(…)) {…}}. The service starts with the first request at the latest.
 *
 * <p>A call of an action that has no stub fails the test, as does a stub that throws an exception:
 * the request that caused the call throws an {@link AssertionError}, or else {@link #close()} does.
 */
public final class TroupeTest
    implements TestClient,
        AutoCloseable,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {
  private final String name;
  private final Service service;
  private final StubbedServices stubs = new StubbedServices();
  private Config settings = ConfigFactory.empty();
  private LocalService.@Nullable Started started;
  private boolean sharedByClass;

  private TroupeTest(String name, Service service) {
    this.name = name;
    this.service = service;
  }

  /** A test of a service that has the name of its class. */
  public static TroupeTest of(Service service) {
    return new TroupeTest(service.getClass().getSimpleName(), service);
  }

  /**
   * @param name of the service, as it defines it
   */
  public static TroupeTest of(String name, Service service) {
    return new TroupeTest(name, service);
  }

  /**
   * The service's own settings: what is in the block {@code settings} of its block in {@code
   * application.conf}. To be given before the service starts.
   *
   * @param hocon like {@code salutation = "Hello", retries = 3}
   */
  public synchronized TroupeTest settings(String hocon) {
    if (started != null) {
      throw new IllegalStateException(
          name + " runs with other settings (expected: settings(…) before the first request)");
    }
    try {
      settings =
          ConfigFactory.parseString(
                  hocon, ConfigParseOptions.defaults().setOriginDescription("settings(…)"))
              .resolve();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "%s (expected: settings like: salutation = \"Hello\")".formatted(e.getMessage()), e);
    }
    return this;
  }

  /**
   * States what an action of another service answers, in place of an earlier stub; possible at any
   * time.
   *
   * @param service the name of the other service, like {@code UserService}
   * @param action the action as the service under test calls it
   */
  public <I extends Record, O extends Record> TroupeTest stub(
      String service, Action<I, O> action, ValueHandler<I, O> answer) {
    return stub(service, action, (input, call) -> Outcome.done(answer.handle(input)));
  }

  /**
   * The same for an answer that may be a refusal: {@code (input, call) ->
   * Outcome.refused(ReplyStatus.NOT_FOUND, "no such user")}.
   */
  public <I extends Record, O extends Record> TroupeTest stub(
      String service, Action<I, O> action, ActionHandler<I, O> answer) {
    stubs.add(service, action, answer);
    return this;
  }

  /** The calls that the service under test has made of other services in this test, in order. */
  public List<RecordedCall> calls() {
    return stubs.calls();
  }

  /** The inputs of the calls of one action, in order. */
  public <I extends Record> List<I> calls(String service, Action<I, ?> action) {
    return stubs.calls().stream()
        .filter(call -> call.service().equals(service) && call.action().equals(action.name()))
        .map(call -> call.input(action.input()))
        .toList();
  }

  /**
   * Lets another service publish an event, and waits until the service under test has handled it.
   *
   * @param source the service that publishes it, like {@code OrderService}
   * @param event a record of the name that the service under test knows the event by
   * @throws AssertionError when the service does not handle such an event, or its handler fails
   */
  public TroupeTest event(String source, Record event) {
    probe().handle(source, event);
    stubs.throwFailures();
    return this;
  }

  /** The events of one kind that the service under test has published so far, in order. */
  public <E extends Record> List<E> published(Class<E> type) {
    return probe().published(type);
  }

  /**
   * Runs a periodic job of the service now, and waits for its end. The job also runs at its times.
   *
   * @param job its name, see {@link dev.troupe.protocol.service.ServiceContext#every}
   * @throws AssertionError when the service has no such job, or the job fails
   */
  public TroupeTest runJob(String job) {
    probe().runJob(job);
    stubs.throwFailures();
    return this;
  }

  private BackgroundProbe probe() {
    return new BackgroundProbe(name, started(), stubs.events());
  }

  /**
   * Runs the readiness checks: that of the store and those of the service. A process whose checks
   * fail gets no requests; a test that sends some does not run them.
   *
   * @throws Exception what the first check that fails throws
   */
  public void check() throws Exception {
    started().role().check().run();
    stubs.throwFailures();
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws AssertionError when there is no answer, or the service called an action that has no
   *     stub
   */
  @Override
  public TestResponse send(TestRequest request) {
    TestResponse response = started().gateway().send(request);
    stubs.throwFailures();
    return response;
  }

  /**
   * Starts the service, if it does not run. The first request does so too.
   *
   * @throws IllegalStateException when the service does not start, with its reason
   */
  public TroupeTest start() {
    started();
    return this;
  }

  private synchronized LocalService.Started started() {
    LocalService.Started running = started;
    if (running == null) {
      running = LocalService.start(name, service, settings, stubs);
      started = running;
    }
    return running;
  }

  /**
   * Stops the service and deletes its store.
   *
   * @throws AssertionError when it called an action that has no stub, and nobody was told yet
   */
  @Override
  public synchronized void close() {
    LocalService.Started running = started;
    started = null;
    if (running != null) {
      running.service().close();
    }
    stubs.forgetCalls();
    stubs.throwFailures();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    sharedByClass = true;
    started();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    started();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!sharedByClass) {
      close();
      return;
    }
    stubs.forgetCalls();
    stubs.throwFailures();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }
}
