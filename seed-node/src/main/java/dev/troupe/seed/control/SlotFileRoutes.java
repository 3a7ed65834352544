package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.seed.incident.SlotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.FileIO;

/** The files that the processes of a slot have written: listed, and downloaded. */
final class SlotFileRoutes {
  private final Path directory;
  private final Executor blocking;

  /**
   * @param directory of the log files
   * @param blocking for reading files
   */
  SlotFileRoutes(Path directory, Executor blocking) {
    this.directory = directory;
    this.blocking = blocking;
  }

  private record FileList(List<SlotFile> files) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get(
            "/slots/{slot}/files",
            Permission.READ,
            request -> ofSlot(request, files -> json(200, new FileList(files)))),
        ManagementRoute.get(
            "/slots/{slot}/files/{name}",
            Permission.READ,
            request -> ofSlot(request, files -> download(request.variable("name"), files))));
  }

  private CompletionStage<HttpResponse> ofSlot(
      ManagementRequest request, Function<List<SlotFile>, HttpResponse> answer) {
    String slot = request.variable("slot");
    return CompletableFuture.supplyAsync(
        () -> {
          List<SlotFile> files = files(slot);
          return files.isEmpty()
              ? error(404, "there are no files of a slot '%s'".formatted(slot))
              : answer.apply(files);
        },
        blocking);
  }

  private List<SlotFile> files(String slot) {
    try {
      return SlotFile.of(slot, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Only a name of the list becomes part of a path.
  private HttpResponse download(String name, List<SlotFile> files) {
    Optional<SlotFile> file = files.stream().filter(each -> each.name().equals(name)).findFirst();
    if (file.isEmpty()) {
      return error(
          404,
          "there is no file '%s' of this slot; there are: %s"
              .formatted(name, String.join(", ", files.stream().map(SlotFile::name).toList())));
    }
    ContentType type =
        name.endsWith(".gz") ? ContentTypes.APPLICATION_OCTET_STREAM : ContentTypes.TEXT_PLAIN_UTF8;
    return ManagementReplies.download(name, type, FileIO.fromPath(directory.resolve(name)));
  }
}
