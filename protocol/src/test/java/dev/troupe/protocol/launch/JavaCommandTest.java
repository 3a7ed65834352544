package dev.troupe.protocol.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.process.CommandLineMark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
  @TempDir private Path directory;

  @Test
  void itsMarkComesFirstAndIsReadBack() {
    List<String> line = command(17).line();

    assertThat(line.subList(0, 3))
        .containsExactly("/jdk/bin/java", "-Dtroupe.home=/a home", "-Dtroupe.slot=UserService-1");
    assertThat(CommandLineMark.of(line))
        .contains(new CommandLineMark(Path.of("/a home"), "UserService-1"));
  }

  @Test
  void otherProcessesHaveNoMark() {
    assertThat(CommandLineMark.of(List.of())).isEmpty();
    assertThat(CommandLineMark.of(List.of("java", "-jar", "x.jar"))).isEmpty();
    assertThat(CommandLineMark.of(List.of("grep", "-e", "-Dtroupe.home=/a home"))).isEmpty();
  }

  @Test
  void theUsersOptionsComeAfterTheStandardOnes() {
    List<String> line = command(17).withJvmOptions(List.of("-Xss1m")).line();

    assertThat(line.indexOf("-Xss1m")).isGreaterThan(line.indexOf("-Xss512k"));
    assertThat(line.indexOf("-Xss1m")).isLessThan(line.indexOf("-cp"));
  }

  @Test
  void classPathMainClassAndArgumentsEndTheLine() {
    List<String> line =
        command(17)
            .withMoreJars(List.of(Path.of("/home/services/z.jar")))
            .withArguments(List.of("--generation", "2"))
            .line();

    assertThat(line)
        .endsWith(
            "-cp",
            String.join(File.pathSeparator, "/lib/a.jar", "/lib/b.jar", "/home/services/z.jar"),
            "dev.troupe.Main",
            "--generation",
            "2");
  }

  @Test
  void flagsOfNewerJdksAreNotGivenToOlderOnes() {
    assertThat(command(17).line()).noneMatch(option -> option.startsWith("--"));
    assertThat(command(23).line())
        .contains("--sun-misc-unsafe-memory-access=allow")
        .doesNotContain("--enable-native-access=ALL-UNNAMED");
    assertThat(command(25).line())
        .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void anArchiveIsUsedIfThereIsOneAndNeverComplainedAbout() throws IOException {
    assertThat(command(17).line()).noneMatch(option -> option.contains("Shared"));

    Files.createFile(archive());
    assertThat(command(17).line())
        .contains(
            "-XX:SharedArchiveFile=" + archive(),
            "-Xshare:auto",
            "-XX:ArchiveRelocationMode=0",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off");
  }

  @Test
  void aCollectorOfTheUsersReplacesOurs() {
    assertThat(command(17).line()).contains("-XX:+UseSerialGC");
    assertThat(command(17).withJvmOptions(List.of("-XX:+UseG1GC")).line())
        .contains("-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void aPercentSignInTheHomeIsNotTakenForThePid() {
    JavaCommand odd =
        new JavaCommand(
            Path.of("java"),
            17,
            Path.of("/100%p"),
            "seed-1",
            archive(),
            List.of(),
            List.of(),
            "Main",
            List.of());

    assertThat(odd.line()).contains("-XX:ErrorFile=/100%%p/run/logs/hs_err_seed-1_%p.log");
  }

  @Test
  void aBrokenArchiveDoesNotKeepAProcessFromStarting() throws Exception {
    Files.writeString(archive(), "not an archive");
    JavaCommand command =
        new JavaCommand(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Runtime.version().feature(),
            directory,
            "UserService-1",
            archive(),
            List.of("-version"),
            List.of(),
            "Unused",
            List.of());

    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command.line())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(output)).contains("version").doesNotContainIgnoringCase("archive");
  }

  @Test
  void jarsAreListedSortedAndNothingElse() throws IOException {
    for (String name : List.of("b.jar", "a.jar", "notes.txt")) {
      Files.createFile(directory.resolve(name));
    }

    assertThat(new Distribution(directory).jars())
        .containsExactly(directory.resolve("a.jar"), directory.resolve("b.jar"));
    assertThat(Distribution.jarsOf(directory.resolve("absent"))).isEmpty();
  }

  private JavaCommand command(int feature) {
    return new JavaCommand(
        Path.of("/jdk/bin/java"),
        feature,
        Path.of("/a home"),
        "UserService-1",
        archive(),
        List.of(),
        List.of(Path.of("/lib/a.jar"), Path.of("/lib/b.jar")),
        "dev.troupe.Main",
        List.of());
  }

  private Path archive() {
    return directory.resolve("troupe.jsa");
  }
}
