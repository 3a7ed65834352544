package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/troupe} does before Java runs, with stand-ins for the JDK and for Maven. */
final class LauncherScriptIT {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "sed",
          "dirname",
          "basename",
          "readlink",
          "ls",
          "find",
          "head",
          "date",
          "tr",
          "grep",
          "touch",
          "mkdir",
          "cat",
          "rm",
          "sleep",
          "stty",
          "cp",
          "mv",
          "chmod",
          "wc",
          "cut",
          "sort",
          "sha256sum",
          "cksum",
          "uname",
          "id");
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "[INFO] Building protocol 0.1 [1/2]"
      mkdir -p "%1$s" && : >"%1$s/troupe-cli-0.1.jar"
      """;

  @TempDir private Path directory;
  private Path checkout;
  private Path tools;
  private Path jars;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void checkOut() throws IOException {
    checkout = directory.resolve("checkout");
    jars = checkout.resolve("dist/target/troupe/lib");
    tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), installed(tool));
    }
    Files.createDirectories(checkout.resolve("bin"));
    Files.copy(Command.troupe(), checkout.resolve("bin/troupe"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.createDirectories(checkout.resolve("protocol/src/main"));
    Files.writeString(checkout.resolve("protocol/src/main/Source.java"), "class Source {}");
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", "");
    environment.put("TROUPE_NO_BUILD", "");
  }

  @Test
  void withoutAJdkItSaysWhereItLookedAndWhatItNeeds() {
    Command troupe = troupe("status");

    assertThat(troupe.exitCode()).isEqualTo(1);
    assertThat(troupe.output())
        .contains("Troupe needs a JDK of version 17 or later")
        .contains("JAVA_HOME: not set")
        .contains("PATH: no java that runs")
        .contains("set JAVA_HOME");
  }

  @Test
  void aJdkThatIsTooOldIsNamedWithItsVersion() throws IOException {
    environment.put("JAVA_HOME", jdk("old", "11.0.2").toString());

    Command troupe = troupe("status");

    assertThat(troupe.exitCode()).isEqualTo(1);
    assertThat(troupe.output()).contains("JAVA_HOME: " + directory.resolve("old"), "version 11");
  }

  @Test
  void javaHomeGoesBeforeThePathAndThePathBeforeNothing() throws IOException {
    buildNothing();
    Path onPath = jdk("on-path", "17.0.1");
    environment.put("PATH", onPath.resolve("bin") + ":" + tools);
    assertThat(troupe("status").output()).contains("Java of " + onPath);

    environment.put("JAVA_HOME", jdk("home", "25").toString());
    assertThat(troupe("status").output()).contains("Java of " + directory.resolve("home"));

    environment.put("JAVA_HOME", jdk("old", "11.0.2").toString());
    assertThat(troupe("status").output()).contains("Java of " + onPath);
  }

  @Test
  void itBuildsWhatIsMissingOrOlderThanTheSourcesAndNothingElse() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    program(tools.resolve("mvn"), MAVEN.formatted(jars));

    Command first = troupe("up", "-d");
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("Building Troupe: there are no jars yet")
        .contains("protocol 0.1 [1/2] in ")
        .contains("Built in ")
        .contains("troupe-cli-0.1.jar up -d");

    assertThat(troupe("up").output()).doesNotContain("Building");

    Files.setLastModifiedTime(jars, FileTime.from(Instant.EPOCH));
    assertThat(troupe("status").output()).as("what runs is asked").doesNotContain("Building");
    assertThat(troupe("new").output()).as("the newest API").contains("is newer than the jars");
    Files.setLastModifiedTime(jars, FileTime.from(Instant.EPOCH));
    Command stale = troupe("up");
    assertThat(stale.output()).contains("is newer than the jars", "troupe-cli-0.1.jar up");
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void aBuildThatFailsShowsWhyAndStartsNothing() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    program(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] Source.java: a brace'\nexit 1\n");

    Command troupe = troupe("up");

    assertThat(troupe.exitCode()).isEqualTo(1);
    assertThat(troupe.output())
        .contains("[ERROR] Source.java: a brace", "target/build.log")
        .doesNotContain("Java of");
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void withoutMavenItSaysHowToGoOnWithoutOne() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());

    Command troupe = troupe("up");

    assertThat(troupe.exitCode()).isEqualTo(1);
    assertThat(troupe.output()).contains("needs Maven 3.8 or later", "TROUPE_NO_BUILD=1");
  }

  @Test
  void aHomeThatIsMissingIsMadeBeforeABuildAndForItsOwnerAlone() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    Path home = directory.resolve("new/home");

    Command up = troupe("up", "--home", home.toString());

    assertThat(up.output()).contains("needs Maven");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");

    Files.writeString(directory.resolve("file"), "");
    Command refused = troupe("up", "--home", directory.resolve("file").toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("is not a directory").doesNotContain("Maven");
  }

  @Test
  void aLockWhosePidBelongsToAnotherProcessNowHoldsNobodyUp() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    program(tools.resolve("mvn"), MAVEN.formatted(jars));
    Path lock = Files.createDirectories(checkout.resolve("target/build.lock"));
    Files.writeString(lock.resolve("holder"), ProcessHandle.current().pid() + "\n12345\n");

    assertThat(troupe("up").output()).contains("Built in ");
  }

  @Test
  void whatRunsKeepsItsJarsWhenTheyAreOverwrittenAndTheNextStartHasTheNewOnes() throws IOException {
    buildNothing();
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    Path first = version(troupe("up"));
    Path jar = jars.resolve("troupe-cli-0.1.jar");
    String before = Files.readString(first.resolve("lib/troupe-cli-0.1.jar"));

    Files.writeString(jar, "another");

    assertThat(first.resolve("lib/troupe-cli-0.1.jar")).hasContent(before);
    Path second = version(troupe("up"));
    assertThat(second).isNotEqualTo(first);
    assertThat(second.resolve("lib/troupe-cli-0.1.jar")).hasContent("another");
    Files.writeString(jar, before);
    assertThat(version(troupe("up"))).isEqualTo(first);
  }

  @Test
  void aCopyThatIsDamagedOrWasNeverFinishedIsMended() throws IOException {
    buildNothing();
    Path jar = jars.resolve("troupe-cli-0.1.jar");
    Files.writeString(jar, "good");
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    Path version = version(troupe("up"));
    Path copy = version.resolve("lib/troupe-cli-0.1.jar");
    Path killed = Files.createDirectories(version.resolveSibling(".new.4711/lib"));

    Files.delete(copy);
    Files.writeString(copy, "gOOd");
    Command up = troupe("up");

    assertThat(version(up)).isEqualTo(version);
    assertThat(up.output()).contains("The copy of the jars in " + version + " is damaged");
    assertThat(copy).hasContent("good");
    assertThat(killed.getParent()).doesNotExist();
    assertThat(version.resolveSibling(".lock")).doesNotExist();
    assertThat(troupe("up").output()).doesNotContain("damaged");

    Files.delete(copy);
    Files.delete(version.resolve("complete"));
    assertThat(version(troupe("up"))).isEqualTo(version);
    assertThat(copy).hasContent("good");
  }

  @Test
  void copiesThatNobodyUsesAreDeletedAfterAnHourAndOthersAreKept() throws Exception {
    buildNothing();
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    Path unused = versionOf("unused");
    Path young = versionOf("young");
    Path running = versionOf("running");
    Path deployed = versionOf("deployed");
    Path home = Files.createDirectories(directory.resolve("home-of-cluster/run")).getParent();
    Files.writeString(home.resolve("run/version"), deployed + "\n");
    Files.createDirectory(deployed.resolve("homes"));
    Files.writeString(deployed.resolve("homes/1"), home + "\n");
    Files.createDirectory(unused.resolve("homes"));
    Files.writeString(unused.resolve("homes/1"), home + "\n");
    for (Path version : List.of(unused, running, deployed)) {
      Files.setLastModifiedTime(version, FileTime.from(Instant.now().minusSeconds(7200)));
    }
    Process process =
        new ProcessBuilder("sh", "-c", "read -r end", running.resolve("lib/a.jar").toString())
            .start();
    try {
      versionOf("newest");

      assertThat(unused).doesNotExist();
      assertThat(young).isDirectory();
      assertThat(running).isDirectory();
      assertThat(deployed).isDirectory();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Path versionOf(String content) throws IOException {
    Files.writeString(jars.resolve("troupe-cli-0.1.jar"), content);
    return version(troupe("up"));
  }

  @Test
  void twoStartsAtOnceMakeOneCopy() throws Exception {
    buildNothing();
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    List<CompletableFuture<Command>> starts =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> troupe("up"))).limit(3).toList();
    Set<Path> versions = new HashSet<>();
    for (CompletableFuture<Command> start : starts) {
      versions.add(version(start.get()));
    }
    Path version = versions.iterator().next();
    assertThat(versions).hasSize(1);
    try (Stream<Path> all = Files.list(version.getParent())) {
      assertThat(all).containsExactly(version);
    }
  }

  @Test
  void aCommandForARunningClusterRunsTheJarsOfThatCluster() throws IOException {
    buildNothing();
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    Path running = version(troupe("up"));
    Path home = Files.createDirectories(directory.resolve("home-of-cluster/run")).getParent();
    Files.writeString(home.resolve("run/version"), running + "\n");

    Files.delete(jars.resolve("troupe-cli-0.1.jar"));

    assertThat(version(troupe("status", "--home", home.toString()))).isEqualTo(running);
  }

  @Test
  void jarsThatAnOlderVersionLeftAreNotUsed() throws IOException {
    buildNothing();
    environment.put("JAVA_HOME", jdk("home", "17.0.1").toString());
    environment.put("TROUPE_NO_BUILD", "1");
    Files.writeString(jars.resolve("troupe-cli-0.2.jar"), "");

    Command unlisted = troupe("status");
    assertThat(unlisted.exitCode()).isEqualTo(1);
    assertThat(unlisted.output()).contains("troupe-cli-0.1.jar troupe-cli-0.2.jar", "Delete");

    Files.writeString(jars.resolve("jars.list"), "./troupe-cli-0.2.jar");
    Command listed = troupe("up");
    assertThat(listed.output()).contains("troupe-cli-0.2.jar up");
    assertThat(version(listed).resolve("lib/troupe-cli-0.1.jar")).doesNotExist();
  }

  @Test
  void aLocaleOfAsciiIsReplacedByOneThatCanNameEveryFile() throws IOException {
    buildNothing();
    Path jdk = jdk("home", "17.0.1");
    program(jdk.resolve("bin/java"), "#!/bin/sh\necho \"Locale: $LC_ALL\"\n");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("LC_ALL", "C");
    assertThat(troupe("status").output()).contains("Locale: C.UTF-8");

    environment.put("LC_ALL", "de_DE.utf8");
    assertThat(troupe("status").output()).contains("Locale: de_DE.utf8");
  }

  private static Path version(Command command) {
    Matcher jar = Pattern.compile("-jar (\\S+)/lib/troupe-cli-").matcher(command.output());
    assertThat(jar.find()).as(command.output()).isTrue();
    return Path.of(jar.group(1));
  }

  private Command troupe(String... arguments) {
    List<String> line =
        Stream.concat(Stream.of(checkout.resolve("bin/troupe").toString()), Stream.of(arguments))
            .toList();
    return Command.run(line, environment);
  }

  private void buildNothing() throws IOException {
    Files.createDirectories(jars);
    Files.writeString(jars.resolve("troupe-cli-0.1.jar"), "");
  }

  /** A JDK whose java says which one it is and what it was told. */
  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    program(home.resolve("bin/java"), "#!/bin/sh\necho \"Java of %s: $*\"\n".formatted(home));
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path installed(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no " + tool));
  }
}
