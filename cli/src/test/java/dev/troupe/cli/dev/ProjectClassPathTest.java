package dev.troupe.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectClassPathTest {
  @TempDir private Path project;

  @Test
  void theListOfMavenIsReadWithoutTestsAndOtherLines() {
    assertThat(
            ProjectClassPath.parse(
                List.of(
                    "",
                    "The following files have been resolved:",
                    "   dev.troupe:troupe-protocol:jar:0.1.0:provided:/m2/troupe-protocol.jar",
                    "   a.b:c:jar:1.2:compile:/m2/c 1.jar -- module c (auto)",
                    "   a.b:native:jar:linux-x86_64:1.2:runtime:/m2/native.jar",
                    "   a.b:o:jar:1:compile (optional):/m2/o.jar",
                    "   org.junit:junit:jar:5:test:/m2/junit.jar",
                    "   none")))
        .containsExactly(
            new ProjectClassPath.Jar("provided", Path.of("/m2/troupe-protocol.jar")),
            new ProjectClassPath.Jar("compile", Path.of("/m2/c 1.jar")),
            new ProjectClassPath.Jar("runtime", Path.of("/m2/native.jar")),
            new ProjectClassPath.Jar("compile", Path.of("/m2/o.jar")));
  }

  @Test
  void aProjectWithoutAPomHasTheJarsOfServices() throws Exception {
    Path troupe = Path.of("/lib/troupe-protocol.jar");
    Path service = Path.of("/home/services/other.jar");
    ProjectClassPath classPath = new ProjectClassPath(project, List.of(troupe), List.of(service));

    assertThat(classPath.forCompilation()).containsExactly(troupe, service);
    assertThat(classPath.forProcess()).containsExactly(service);
  }
}
