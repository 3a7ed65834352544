package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.json;

import dev.troupe.node.http.HttpListener;
import dev.troupe.protocol.launch.JavaCommand;
import dev.troupe.protocol.logs.LogFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.FileIO;

/** The files that the processes of a slot have written: listed, and downloaded. */
final class SlotFileRoutes {
  private static final Pattern SLOT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*-[0-9]{1,9}");

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

  /**
   * @param kind {@code log}, {@code out} (start failures, thread dumps) or {@code crash}
   */
  private record SlotFile(String name, String kind, long bytes) {}

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
          List<SlotFile> files = SLOT.matcher(slot).matches() ? files(slot) : List.of();
          return files.isEmpty()
              ? error(404, "there are no files of a slot '%s'".formatted(slot))
              : answer.apply(files);
        },
        blocking);
  }

  private List<SlotFile> files(String slot) {
    List<SlotFile> files = new ArrayList<>();
    for (LogFiles.LogFile file : new LogFiles(directory).all()) {
      if (file.slot().equals(slot)) {
        file(file.path(), file.output() ? "out" : "log").ifPresent(files::add);
      }
    }
    try (DirectoryStream<Path> crashes =
        Files.newDirectoryStream(directory, JavaCommand.errorFile(slot, "*"))) {
      crashes.forEach(crash -> file(crash, "crash").ifPresent(files::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  // A link could lead out of the directory.
  private static Optional<SlotFile> file(Path path, String kind) {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(new SlotFile(path.getFileName().toString(), kind, Files.size(path)))
          : Optional.empty();
    } catch (IOException rotatedMeanwhile) {
      return Optional.empty();
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
    return HttpResponse.create()
        .addAttribute(HttpListener.STREAM, true)
        .addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
        .withEntity(HttpEntities.createChunked(type, FileIO.fromPath(directory.resolve(name))));
  }
}
