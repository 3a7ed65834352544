package dev.troupe.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.Call;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.Storage;
import dev.troupe.protocol.settings.StorageSettings;
import dev.troupe.service.engine.Engine;
import dev.troupe.service.storage.QueuedStorage;
import dev.troupe.service.storage.ServiceStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;

/** A real store in a directory, and answers of other services as a test sets them. */
public final class FakeServiceContext implements ServiceContext, AutoCloseable {
  private final String slot;
  private final ActorSystem<?> system;
  private final Engine engine;
  private final Path directory;
  private final ExecutorService blocking = Executors.newFixedThreadPool(2);
  private final List<QueuedStorage> opened = new ArrayList<>();
  private final List<Record> calls = new ArrayList<>();
  private Config settings = ConfigFactory.empty();
  private Outcome<? extends Record> answer =
      Outcome.refused(ReplyStatus.UNAVAILABLE, "nobody there");

  public FakeServiceContext(String slot, ActorSystem<?> system, Path directory) {
    this(slot, system, Engine.SQLITE, directory);
  }

  public FakeServiceContext(String slot, ActorSystem<?> system, Engine engine, Path directory) {
    this.slot = slot;
    this.engine = engine;
    this.system = system;
    this.directory = directory;
  }

  public void settings(String hocon) {
    settings = ConfigFactory.parseString(hocon);
  }

  public void answerCallsWith(Outcome<? extends Record> answer) {
    this.answer = answer;
  }

  public List<Record> calls() {
    return List.copyOf(calls);
  }

  @Override
  public String slot() {
    return slot;
  }

  @Override
  public Config settings() {
    return settings;
  }

  @Override
  public ActorSystem<?> system() {
    return system;
  }

  @Override
  public Executor blocking() {
    return blocking;
  }

  @Override
  public Storage storage(String migrations) throws Exception {
    String service = slot.substring(0, slot.indexOf('-'));
    Path temporary = directory.resolve("temporary");
    StorageSettings settings =
        engine.settings(
            directory,
            service,
            template -> ServiceStorage.open(service, template, migrations, temporary).close());
    QueuedStorage storage = ServiceStorage.open(service, settings, migrations, temporary);
    opened.add(storage);
    return storage;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <I extends Record, O extends Record> CompletionStage<Outcome<O>> call(
      String service, Action<I, O> action, I input, Call caller) {
    calls.add(input);
    return CompletableFuture.completedStage((Outcome<O>) answer);
  }

  @Override
  public void close() {
    opened.forEach(QueuedStorage::close);
    blocking.shutdown();
  }
}
