package dev.troupe.it.files;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.ActionHandler;
import dev.troupe.protocol.service.Download;
import dev.troupe.protocol.service.EventStream;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.ServerSentEvent;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;

/** Files that do not fit into the memory of their service, and news of them. */
public final class FilesService implements Service {
  record FindFile(@Pattern(regexp = "\\w{1,100}") String name) {}

  record SaveFile(@Pattern(regexp = "\\w{1,100}") String name) {}

  record SavedFile(String name, long bytes) {}

  record Watch() {}

  record Tell(String news) {}

  record Count(int events) {}

  @Override
  public ServiceDefinition define(ServiceContext context) {
    Path directory = Path.of(context.settings().getString("directory"));
    SubmissionPublisher<ServerSentEvent> publisher = new SubmissionPublisher<>();
    return ServiceDefinition.named("Files")
        .get(
            "get_file",
            "/files/{name}",
            FindFile.class,
            Download.class,
            find -> Download.of("application/octet-stream", directory.resolve(find.name())))
        .get("watch", "/events", Watch.class, EventStream.class, watch -> EventStream.of(publisher))
        .on(
            Action.put("put_file", "/files/{name}", SaveFile.class, SavedFile.class).upload(),
            ActionHandler.blocking(
                (save, call) ->
                    Outcome.done(
                        new SavedFile(
                            save.name(), call.body().saveTo(directory.resolve(save.name()))))))
        .get(
            "count",
            "/numbers/{events}",
            Count.class,
            EventStream.class,
            count -> EventStream.of(numbers(count.events())))
        .get(
            "endless",
            "/endless",
            Watch.class,
            Download.class,
            watch -> Download.of("application/octet-stream", Endless::new))
        .post(
            "tell",
            "/events",
            Tell.class,
            Tell.class,
            tell -> {
              publisher.submit(ServerSentEvent.json(tell));
              return tell;
            })
        .build();
  }

  private static Iterable<ServerSentEvent> numbers(int events) {
    return () ->
        IntStream.rangeClosed(1, events)
            .mapToObj(number -> ServerSentEvent.of("number " + number).withId("" + number))
            .iterator();
  }

  /** Has no end. */
  public static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length;
    }
  }
}
