package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of services come and go while clients send requests, and none fails. */
final class DeployIT {
  private static final String SETTINGS =
      """
      troupe {
        start-timeout = 40s
        stop { drain-timeout = 5s, grace = 5s }
        # A test asserts that a request is answered, not how fast this machine is.
        gateway { request-timeout = 40s, waiting-room.timeout = 40s }
        services {
          Telling { class = "deployed.Telling", instances = 2 }
          Other { class = "deployed.Other" }
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void goodVersionsReplaceEachOtherAndBadOnesChangeNothing() throws Exception {
    Path home = directory.resolve("home");
    Path jars = Files.createDirectories(directory.resolve("jars"));
    Path one = library(jars.resolve("lib-1.jar"), "1");
    Path two = library(jars.resolve("lib-2.jar"), "2");
    Path telling = telling(jars.resolve("telling.jar"), one, "1.0", "");
    try (Cluster cluster = Cluster.in(home, SETTINGS)) {
      Path dropped = Files.createDirectories(home.resolve("services/Telling"));
      Files.copy(telling, dropped.resolve("telling.jar"));
      Files.copy(one, dropped.resolve("lib-1.jar"));
      deployed(cluster, "Other", other(jars.resolve("other.jar"), two), two);
      cluster.up();
      cluster.awaitWhole();
      Client client = cluster.client();
      assertThat(tells(client, "/telling")).isEqualTo("1");
      assertThat(tells(client, "/other")).as("with a library of its own").isEqualTo("2");

      try (Traffic traffic = Traffic.of(() -> client.get("/telling"))) {
        deployed(cluster, "Telling", telling, two);
        assertThat(tells(client, "/telling")).isEqualTo("2");
        Map<String, Long> running = cluster.pids();
        assertThat(cluster.run("deploy", "Telling", path(telling), path(two)).output())
            .contains("runs already");

        refused(cluster, "not a whole jar", SourceJar.half(telling, jars.resolve("half.jar")), two);
        refused(
            cluster,
            "built for Java 55",
            SourceJar.ofNewerJava(
                jars.resolve("newer.jar"),
                List.of(one),
                Map.of("deployed.Telling", source("", ""))),
            two);
        refused(cluster, "lib.Version (no jar of the service has it)", telling);
        refused(
            cluster,
            "no licence",
            telling(
                jars.resolve("throws.jar"),
                one,
                "throws",
                "if (true) throw new IllegalStateException(\"no licence\");"),
            two);
        refused(
            cluster,
            "does not describe itself",
            telling(
                jars.resolve("hangs.jar"),
                one,
                "hangs",
                "try { Thread.sleep(1000000); } catch (InterruptedException e) { }"),
            two);
        assertThat(cluster.pids()).as("nothing was touched").isEqualTo(running);

        String goesBack =
            refused(
                cluster,
                "exit code 42",
                telling(
                    jars.resolve("dies.jar"),
                    one,
                    "dies",
                    "if (context.system().name().equals(\"troupe\")"
                        + " && context.slot().endsWith(\"-1\")) Runtime.getRuntime().halt(42);"),
                two);
        assertThat(goesBack).contains("All processes run the version from before again");
        assertThat(versions(cluster)).hasSize(2).doesNotContainValue("");
        assertThat(Map.copyOf(versions(cluster)).values()).containsOnly(current(home));
        refused(
            cluster,
            "the disk is missing",
            telling(jars.resolve("unready.jar"), one, "unready", "", "the disk is missing"),
            two);
        assertThat(tells(client, "/telling")).isEqualTo("2");

        Command back = cluster.run("rollback", "Telling");
        assertThat(back.exitCode()).as(back.output()).isZero();
        assertThat(tells(client, "/telling")).isEqualTo("1");
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.answered()).isPositive();
      }
      assertThat(cluster.run("versions", "Telling").output())
          .contains("Telling-1, Telling-2")
          .contains("lib-1.jar")
          .contains("lib-2.jar");
      assertThat(cluster.run("events").output()).contains("deployed", "deployment-failed");
      cluster.run("down");
      cluster.up();
      assertThat(tells(cluster.client(), "/telling"))
          .as("jars that still lie there do not undo a command")
          .isEqualTo("1");
    }
  }

  private static void deployed(Cluster cluster, String service, Path... jars) {
    Command deploy = deploy(cluster, service, jars);
    assertThat(deploy.exitCode()).as(deploy.output() + cluster.logs()).isZero();
  }

  private static String refused(Cluster cluster, String message, Path... jars) {
    Command deploy = deploy(cluster, "Telling", jars);
    assertThat(deploy.exitCode()).as(deploy.output()).isEqualTo(1);
    assertThat(deploy.output()).contains(message);
    return deploy.output();
  }

  private static Command deploy(Cluster cluster, String service, Path... jars) {
    return cluster.run(
        Stream.concat(Stream.of("deploy", service), Stream.of(jars).map(DeployIT::path))
            .toArray(String[]::new));
  }

  private static String path(Path jar) {
    return jar.toString();
  }

  private static String tells(Client client, String path) {
    return client.get(path).at("/library").asText();
  }

  private static String current(Path home) throws IOException {
    return Files.readString(home.resolve("services/Telling/current"));
  }

  /** The version that each slot of Telling runs, as {@code versions} lists them. */
  private static Map<String, String> versions(Cluster cluster) {
    Map<String, String> versions = new TreeMap<>();
    cluster
        .run("versions", "Telling")
        .output()
        .lines()
        .forEach(
            line -> {
              for (String slot : List.of("Telling-1", "Telling-2")) {
                if (line.contains(slot)) {
                  versions.put(slot, line.substring(0, line.indexOf(' ')));
                }
              }
            });
    return versions;
  }

  private static Path library(Path jar, String version) throws IOException {
    return SourceJar.of(
        jar,
        List.of(),
        Map.of(
            "lib.Version",
            "package lib; public class Version { public static String value() { return \"%s\"; } }"
                .formatted(version)));
  }

  private static Path telling(Path jar, Path library, String version, String first)
      throws IOException {
    return telling(jar, library, version, first, "");
  }

  private static Path telling(
      Path jar, Path library, String version, String first, String notReadyBecause)
      throws IOException {
    String check =
        notReadyBecause.isEmpty()
            ? ""
            : ".check(() -> { throw new IllegalStateException(\"%s\"); })"
                .formatted(notReadyBecause);
    return SourceJar.of(
        jar, List.of(library), Map.of("deployed.Telling", source(first, version, check)));
  }

  private static String source(String first, String version) {
    return source(first, version, "");
  }

  private static String source(String first, String version, String check) {
    return service("Telling", "/telling", first, version, check);
  }

  private static Path other(Path jar, Path library) throws IOException {
    return SourceJar.of(
        jar, List.of(library), Map.of("deployed.Other", service("Other", "/other", "", "1.0", "")));
  }

  private static String service(
      String name, String path, String first, String version, String check) {
    return """
    package deployed;

    import dev.troupe.protocol.service.Service;
    import dev.troupe.protocol.service.ServiceContext;
    import dev.troupe.protocol.service.ServiceDefinition;

    public final class %1$s implements Service {
      public record Asked() {}

      public record Told(String library) {}

      @Override
      public ServiceDefinition define(ServiceContext context) {
        %3$s
        String library = lib.Version.value();
        return ServiceDefinition.named("%1$s")
            .version("%4$s")
            .get("tell", "%2$s", Asked.class, Told.class, asked -> new Told(library))
            %5$s
            .build();
      }
    }
    """
        .formatted(name, path, first, version.isEmpty() ? "1.0" : version, check);
  }
}
