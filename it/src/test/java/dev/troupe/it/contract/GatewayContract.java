package dev.troupe.it.contract;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Compares the answers of one gateway with its document, which changes with the services that run.
 * An answer may fit an earlier document: it may have been made before the services changed.
 * Thread-safe.
 */
public final class GatewayContract {
  private static final String DOCUMENT = "/openapi.json";

  // The documents themselves and the files of their viewer, which the document does not list.
  private static final Set<String> DOCUMENTATION = Set.of(DOCUMENT, "/docs", "/docs/{file}");

  private static final int MAX_KEPT = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Map<String, GatewayContract> BY_ADDRESS = new ConcurrentHashMap<>();
  // The same services give the same document, and compiled schemas are worth keeping.
  private static final Map<String, OpenApiContract> BY_TAG = new ConcurrentHashMap<>();
  private static final Queue<ContractViolation> VIOLATIONS = new ConcurrentLinkedQueue<>();
  private static final LongAdder COMPARED = new LongAdder();
  private static final LongAdder OF_PROGRAMS = new LongAdder();
  private static final LongAdder FETCHED = new LongAdder();
  private static final LongAdder NANOS = new LongAdder();

  private final String base;
  private final HttpClient http;
  private volatile List<OpenApiContract> newestFirst = List.of();
  private @Nullable String newestTag;

  private GatewayContract(String base, HttpClient http) {
    this.base = base;
    this.http = http;
  }

  /**
   * @param base the URL of the gateway
   * @param http fetches documents
   */
  public static GatewayContract of(String base, HttpClient http) {
    return BY_ADDRESS.computeIfAbsent(base, address -> new GatewayContract(address, http));
  }

  /**
   * Compares an answer with the document.
   *
   * @throws ContractViolation when it differs
   */
  public void check(HttpRequest request, HttpResponse<String> response) {
    ReceivedAnswer answer = ReceivedAnswer.of(request, response);
    if (DOCUMENTATION.contains(answer.path().replaceFirst("(?<=^/docs/)[^/]+$", "{file}"))) {
      return;
    }
    List<String> faults = faults(answer);
    if (!faults.isEmpty()) {
      ContractViolation violation = new ContractViolation(answer, faults);
      VIOLATIONS.add(violation);
      throw violation;
    }
  }

  /** What the gateway promises now. */
  public OpenApiContract newest() {
    fetch();
    return newestFirst.get(0);
  }

  private List<String> faults(ReceivedAnswer answer) {
    List<OpenApiContract> known = newestFirst;
    if (!known.isEmpty() && !known.get(0).isVague(answer) && fitsOneOf(known, answer)) {
      return List.of();
    }
    fetch();
    return fitsOneOf(newestFirst, answer) ? List.of() : newestFirst.get(0).faults(answer);
  }

  private static boolean fitsOneOf(List<OpenApiContract> contracts, ReceivedAnswer answer) {
    long start = System.nanoTime();
    boolean program = contracts.get(0).isOfProgram(answer);
    boolean fits =
        program || contracts.stream().anyMatch(contract -> contract.faults(answer).isEmpty());
    NANOS.add(System.nanoTime() - start);
    if (fits) {
      (program ? OF_PROGRAMS : COMPARED).increment();
    }
    return fits;
  }

  private synchronized void fetch() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + DOCUMENT)).timeout(TIMEOUT);
    if (newestTag != null) {
      request.header("If-None-Match", newestTag);
    }
    FETCHED.increment();
    // The gateway may have been killed after its answer, and another takes its place.
    HttpResponse<String> response =
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .until(
                () -> answerTo(request.build()),
                answer ->
                    answer != null && (answer.statusCode() == 200 || answer.statusCode() == 304));
    if (response.statusCode() == 304) {
      return;
    }
    newestTag = response.headers().firstValue("ETag").orElseThrow();
    OpenApiContract contract =
        BY_TAG.computeIfAbsent(newestTag, tag -> OpenApiContract.of(response.body()));
    List<OpenApiContract> kept = new ArrayList<>(newestFirst);
    kept.remove(contract);
    kept.add(0, contract);
    newestFirst = List.copyOf(kept.subList(0, Math.min(kept.size(), MAX_KEPT)));
  }

  private @Nullable HttpResponse<String> answerTo(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    }
  }

  static List<ContractViolation> takeViolations() {
    List<ContractViolation> taken = new ArrayList<>();
    for (ContractViolation next; (next = VIOLATIONS.poll()) != null; ) {
      taken.add(next);
    }
    return taken;
  }

  /** How much was compared; nothing if nothing was. */
  static Optional<String> summary() {
    if (FETCHED.sum() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        ("/openapi.json: %d answers compared in %d ms, %d of programs not compared;"
                + " fetched %d times, %d different documents")
            .formatted(
                COMPARED.sum(),
                NANOS.sum() / 1_000_000,
                OF_PROGRAMS.sum(),
                FETCHED.sum(),
                BY_TAG.size()));
  }
}
