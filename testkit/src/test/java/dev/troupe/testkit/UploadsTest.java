package dev.troupe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionHandler;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read by their handler, in the JVM of a test. */
final class UploadsTest {
  record Save(String name, @Nullable String note) {}

  record Saved(String name, @Nullable String note, String type, long bytes) {}

  private static final class Letters implements Service {
    private final Path directory;

    Letters(Path directory) {
      this.directory = directory;
    }

    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Letters")
          .on(
              Action.put("save", "/letters/{name}", Save.class, Saved.class).upload(1000),
              ActionHandler.blocking((save, call) -> Outcome.done(saved(save, call))))
          .on(
              Action.post("first", "/first/{name}", Save.class, Saved.class).upload(),
              ActionHandler.blocking((save, call) -> Outcome.done(first(save, call))))
          .on(
              Action.put("ignore", "/ignored/{name}", Save.class, Save.class).upload(),
              save -> save)
          .build();
    }

    private Saved saved(Save save, CallContext call) throws IOException {
      long bytes = call.body().saveTo(directory.resolve(save.name()));
      return new Saved(save.name(), save.note(), call.body().type(), bytes);
    }

    private static Saved first(Save save, CallContext call) throws IOException {
      try (InputStream in = call.body().open()) {
        return new Saved(save.name(), save.note(), call.body().type(), in.readNBytes(3).length);
      }
    }
  }

  @TempDir private Path directory;
  private TroupeTest letters;

  @BeforeEach
  void start() {
    letters = TroupeTest.of(new Letters(directory));
  }

  @AfterEach
  void stop() {
    letters.close();
  }

  @Test
  void aBodyIsSavedAndTheInputComesFromPathAndQuery() throws IOException {
    Saved saved =
        letters
            .with("Content-Type", "text/plain")
            .put("/letters/a?note=b", "not JSON, ä")
            .expect(200)
            .as(Saved.class);

    assertThat(saved).isEqualTo(new Saved("a", "b", "text/plain", 12));
    assertThat(directory.resolve("a")).hasContent("not JSON, ä");
  }

  @Test
  void aBodyLargerThanItsLimitIsRefusedAndLeavesNothing() throws IOException {
    letters.put("/letters/a", "x".repeat(1001)).expect(413);

    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void anEmptyBodyIsABody() {
    assertThat(letters.put("/letters/a", "").expect(200).as(Saved.class).bytes()).isZero();
  }

  @Test
  void aHandlerNeedNotReadTheBody() {
    letters.put("/ignored/a", "x".repeat(1_000_000)).expect(200);
    assertThat(letters.post("/first/a", "x".repeat(1_000_000)).expect(201).as(Saved.class).bytes())
        .isEqualTo(3);
  }

  @Test
  void aFormOfAPageIsRefused() {
    letters.with("Content-Type", "text/plain").post("/first/a", "x").expect(415);
  }

  @Test
  void aKeyThatCannotProtectIsRefused() {
    assertThat(letters.idempotencyKey("k1").post("/first/a", "x").expect(422).message())
        .contains("takes no Idempotency-Key");
    letters.idempotencyKey("k1").put("/letters/a", "x").expect(200);
    letters.idempotencyKey("k1").put("/letters/a", "y").expect(200);
  }
}
