package dev.troupe.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.it.GuideStep.RunCommand;
import dev.troupe.it.GuideStep.WriteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide quotes the sources of an example, which the build compiles and tests. */
final class ServiceGuideTest {
  // After the line that names its file, a piece is a whole file of the example.
  private static final Pattern JAVA_WITHOUT_FILE =
      Pattern.compile("(?<!-->\n)```java\n(.*?)```", Pattern.DOTALL);
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void eachFileOfTheGuideIsAFileOfTheExample() throws IOException {
    List<WriteFile> files =
        steps().stream().filter(WriteFile.class::isInstance).map(WriteFile.class::cast).toList();

    assertThat(files).hasSize(4);
    for (WriteFile file : files) {
      assertThat(CHECKOUT.resolve("examples/inventory").resolve(file.path()))
          .as("quoted in docs/service-guide.md")
          .hasContent(file.content());
    }
  }

  @Test
  void theServiceOfTheGuideIsShort() throws IOException {
    Path service =
        CHECKOUT.resolve(
            "examples/inventory/src/main/java/com/example/inventory/InventoryService.java");

    assertThat(Files.readAllLines(service))
        .filteredOn(line -> !line.isBlank() && !line.startsWith("import "))
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void theReadmeBeginsAsTheGuideDoes() throws IOException {
    List<GuideStep> guide = steps();
    List<String> lines =
        guide.stream()
            .filter(RunCommand.class::isInstance)
            .map(step -> ((RunCommand) step).line())
            .toList();
    String readme = Files.readString(CHECKOUT.resolve("README.md"));
    String section = readme.substring(readme.indexOf("## A service of your own"));

    List<String> ofReadme =
        section
            .substring(0, section.indexOf("\n## ", 1))
            .lines()
            .filter(line -> line.startsWith("    "))
            .map(line -> line.strip().replaceFirst(" +#.*", ""))
            .toList();
    assertThat(ofReadme).isNotEmpty().allSatisfy(line -> assertThat(lines).contains(line));
  }

  @Test
  void eachOtherPieceOfJavaIsPartOfATestedService() throws IOException {
    StringBuilder tested = new StringBuilder();
    for (String source :
        List.of(
            "it/src/test/java/dev/troupe/it/files/FilesService.java",
            "testkit/src/test/java/dev/troupe/testkit/DemandService.java",
            "testkit/src/test/java/dev/troupe/testkit/InputAnswersTest.java")) {
      tested.append(withoutSpace(Files.readString(CHECKOUT.resolve(source))));
    }
    String guide = Files.readString(CHECKOUT.resolve("docs/service-guide.md"));
    List<String> pieces =
        JAVA_WITHOUT_FILE.matcher(guide).results().map(piece -> piece.group(1)).toList();

    assertThat(pieces).hasSizeGreaterThanOrEqualTo(5);
    assertThat(pieces)
        .allSatisfy(piece -> assertThat(tested.toString()).contains(withoutSpace(piece)));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void anOutputIsComparedWithWhatThePageShows() {
    RunCommand command =
        (RunCommand) GuideStep.of("```console\n$ a\n{\"id\":1,…}\nEnd …\n$ b\n```\n").get(0);

    assertThat(command.line()).isEqualTo("a");
    assertThat(command.shows("{\"id\":1,\"x\":2}\nEnd of it\n")).isTrue();
    assertThat(command.shows("{\"id\":2,\"x\":2}\nEnd of it\n")).isFalse();
    assertThat(command.shows("{\"id\":1,\"x\":2}\n")).isFalse();
  }

  private static List<GuideStep> steps() throws IOException {
    return GuideStep.of(Files.readString(CHECKOUT.resolve("docs/service-guide.md")));
  }
}
