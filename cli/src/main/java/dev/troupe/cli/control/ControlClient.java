package dev.troupe.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.control.Alert;
import dev.troupe.protocol.control.AlertDelivery;
import dev.troupe.protocol.control.ClusterStatus;
import dev.troupe.protocol.control.ControlFile;
import dev.troupe.protocol.control.ControlProof;
import dev.troupe.protocol.control.RouteList;
import dev.troupe.protocol.control.TraceList;
import dev.troupe.protocol.control.TraceReport;
import dev.troupe.protocol.settings.LogLevel;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls the control API of one seed node. Uses {@link HttpURLConnection}, because it loads in 20 ms
 * and {@code java.net.http} in 400 ms with 25 MB more.
 */
public final class ControlClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration THREADS_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_PROOF_BYTES = 4096;

  private final ControlFile file;
  private final Duration readTimeout;
  private boolean proven;

  ControlClient(ControlFile file) {
    this(file, READ_TIMEOUT);
  }

  private ControlClient(ControlFile file, Duration readTimeout) {
    this.file = file;
    this.readTimeout = readTimeout;
  }

  /**
   * A client of the seed node that wrote {@code control.json} last. That one may have ended.
   *
   * @param run the directory of the running cluster's files
   * @return empty if there is no such file, or it cannot be read
   */
  public static Optional<ControlClient> of(Path run) {
    try {
      return Optional.of(
          new ControlClient(
              ControlJson.controlFile(Files.readAllBytes(run.resolve(ControlFile.NAME)))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A client that waits at most {@code readTimeout} for an answer. */
  public ControlClient within(Duration readTimeout) {
    return new ControlClient(file, readTimeout);
  }

  /** The pid of the seed node. */
  public long pid() {
    return file.pid();
  }

  /**
   * @throws ControlException when the seed node does not answer as it should
   */
  public ClusterStatus status() throws ControlException {
    return read(statusJson(), ControlJson::status);
  }

  /**
   * The status, exactly as the seed node wrote it.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public byte[] statusJson() throws ControlException {
    return call("GET", "/status");
  }

  /**
   * The actions that the gateway answers.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public RouteList routes() throws ControlException {
    return read(routesJson(), ControlJson::routes);
  }

  /**
   * The same, exactly as the seed node wrote it.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public byte[] routesJson() throws ControlException {
    return call("GET", "/routes");
  }

  /**
   * The metrics of all nodes, in the text format of Prometheus.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public byte[] metrics() throws ControlException {
    return call("GET", "/metrics");
  }

  /**
   * The alerts that last, exactly as the seed node wrote them.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public byte[] alertsJson() throws ControlException {
    return call("GET", "/alerts");
  }

  /**
   * The alerts that last.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public List<Alert> alerts() throws ControlException {
    return read(alertsJson(), ControlJson::alerts);
  }

  /**
   * The newest traces that are wanted.
   *
   * @throws ControlException when the seed node refuses, or does not answer as it should
   */
  public TraceList traces(TraceQuery query) throws ControlException {
    return read(tracesJson(query), TraceJson::list);
  }

  /**
   * The same, exactly as the seed node wrote it.
   *
   * @throws ControlException when the seed node refuses, or does not answer as it should
   */
  public byte[] tracesJson(TraceQuery query) throws ControlException {
    return call("GET", query.path());
  }

  /**
   * A trace.
   *
   * @throws ControlException when the seed node does not keep it, or does not answer as it should
   */
  public TraceReport trace(String id) throws ControlException {
    return read(traceJson(id), TraceJson::trace);
  }

  /**
   * The same, exactly as the seed node wrote it.
   *
   * @throws ControlException when the seed node does not keep it, or does not answer as it should
   */
  public byte[] traceJson(String id) throws ControlException {
    return call("GET", "/traces/" + encoded(id));
  }

  /**
   * Makes the seed node send a message to all receivers of alerts.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public List<AlertDelivery> testAlerts() throws ControlException {
    return read(call("POST", "/alerts/test"), ControlJson::testResults);
  }

  /**
   * Makes the seed node make a link that logs a browser in to the dashboard.
   *
   * @throws ControlException when the seed node does not answer as it should
   */
  public LoginLink loginLink() throws ControlException {
    return read(call("POST", "/login-link"), json -> ControlJson.loginLink(json, file.url()));
  }

  /**
   * What the threads of a slot's process do, exactly as the seed node wrote it. Takes some seconds.
   *
   * @throws ControlException when there is no such slot, or its process writes no dump
   */
  public byte[] threadsJson(String slot) throws ControlException {
    return within(THREADS_TIMEOUT).call("POST", "/slots/" + encoded(slot) + "/threads");
  }

  /**
   * What the threads of a slot's process do. Takes some seconds.
   *
   * @throws ControlException when there is no such slot, or its process writes no dump
   */
  public ThreadList threads(String slot) throws ControlException {
    return read(threadsJson(slot), ControlJson::threads);
  }

  /**
   * Lets the process of a slot log at another level for a while.
   *
   * @param logger a package, a class, or ROOT
   * @return the answer, exactly as the seed node wrote it
   * @throws ControlException when there is no such slot, or its process does not answer
   */
  public byte[] logLevel(String slot, String logger, LogLevel level, long seconds)
      throws ControlException {
    return call(
        "POST",
        "/slots/%s/log-level?level=%s&logger=%s&seconds=%d"
            .formatted(encoded(slot), level, encoded(logger), seconds));
  }

  /** Where the dashboard is. */
  public String dashboard() {
    return file.url() + "/";
  }

  /**
   * Makes the seed node stop all processes, and itself last. Returns when the stop has begun.
   *
   * @throws ControlException when it has not begun
   */
  public void stop() throws ControlException {
    call("POST", "/stop");
  }

  /**
   * Makes the seed node restart a slot, or all slots of a service. Returns when the restart has
   * begun.
   *
   * @throws ControlException when it has not begun, or there is no such name
   */
  public void restart(String slotOrService) throws ControlException {
    call("POST", "/restart/" + encoded(slotOrService));
  }

  /**
   * Makes the seed node replace all processes of a service, one after the other. Returns when the
   * rollout has begun; {@link ClusterStatus#rollout} tells how far it is.
   *
   * @return the id of the rollout
   * @throws ControlException when it has not begun, or there is no such service
   */
  public long restartRolling(String service) throws ControlException {
    return read(call("POST", "/roll/" + encoded(service)), ControlJson::rolloutId);
  }

  /**
   * Makes the seed node give a service this many instances. Returns when the rollout has begun;
   * {@link ClusterStatus#rollout} tells how far it is.
   *
   * @return the id of the rollout
   * @throws ControlException when it has not begun, or there is no such service
   */
  public long scale(String service, int instances) throws ControlException {
    return read(
        call("POST", "/scale/" + encoded(service) + "/" + instances), ControlJson::rolloutId);
  }

  /**
   * Makes the seed node replace all processes of a service by ones of another version. Returns when
   * the rollout has begun; {@link ClusterStatus#rollout} tells how far it is.
   *
   * @param atOnce all at the same time, and not one after the other
   * @return the id of the rollout
   * @throws ControlException when it has not begun, or there is no such service
   */
  public long deploy(String service, String version, boolean atOnce) throws ControlException {
    String order = atOnce ? "/deploy-at-once/" : "/deploy/";
    return read(call("POST", order + encoded(service) + "/" + version), ControlJson::rolloutId);
  }

  private interface JsonReader<T> {
    T read(byte[] json) throws IOException;
  }

  private static <T> T read(byte[] answer, JsonReader<T> reader) throws ControlException {
    try {
      return reader.read(answer);
    } catch (IOException | ArithmeticException e) {
      throw new ControlException(0, "the seed node's answer cannot be read: " + e.getMessage());
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private byte[] call(String method, String path) throws ControlException {
    try {
      prove();
      HttpURLConnection connection = open(method, path);
      connection.setRequestProperty("Authorization", "Bearer " + file.token());
      int status = connection.getResponseCode();
      if (status / 100 == 2) {
        return body(connection, MAX_BYTES);
      }
      throw new ControlException(status, refusal(status, connection));
    } catch (IOException | IllegalArgumentException e) {
      throw new ControlException(
          0, "the seed node does not answer at %s: %s".formatted(file.url(), e.getMessage()));
    }
  }

  // Another program may have the port of a seed node that ended. It must not get the token.
  private void prove() throws IOException, ControlException {
    if (proven) {
      return;
    }
    String nonce = ControlProof.newNonce();
    HttpURLConnection connection = open("GET", ControlProof.PATH + nonce);
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw anotherProgram();
    }
    byte[] answer = body(connection, MAX_PROOF_BYTES);
    if (!ControlJson.proof(answer).filter(proof -> proof.isOf(file.token(), nonce)).isPresent()) {
      throw anotherProgram();
    }
    proven = true;
  }

  private ControlException anotherProgram() {
    return new ControlException(
        0,
        "another program listens at %s, where the seed node was; the seed node is not running"
            .formatted(file.url()));
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(file.url() + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(readTimeout.toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(0);
    }
    return connection;
  }

  private static byte[] body(HttpURLConnection connection, int most) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return body.readNBytes(most);
    }
  }

  private static String refusal(int status, HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      if (body != null) {
        return ControlJson.errorMessage(body.readNBytes(MAX_BYTES));
      }
    } catch (IOException e) {
      return "the seed node answered HTTP " + status + " without a message";
    }
    return "the seed node answered HTTP " + status;
  }
}
