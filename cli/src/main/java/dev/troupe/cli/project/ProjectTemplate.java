package dev.troupe.cli.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.cli.command.ShellWord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The files of a new project: resources beside this class, with {@code {{key}}} for each name. */
final class ProjectTemplate {
  /** The simple names of the types in the sources, which the service cannot have too. */
  static final Set<String> TYPES =
      Set.of(
          // The service's own.
          "Entry",
          "CreateEntry",
          "GetEntry",
          "ListEntries",
          "Entries",
          // Imported.
          "List",
          "Nullable",
          "SQLException",
          "RunningCluster",
          "TroupeCluster",
          "TroupeTest",
          "RegisterExtension",
          "Test");

  private static final Map<String, String> FILES = files();

  private final Map<String, String> values;

  /**
   * @param troupe the directory above bin/troupe
   */
  ProjectTemplate(ProjectNames names, ApiRepository repository, Path troupe) throws IOException {
    this.values =
        Map.of(
            "service", names.service(),
            "package", names.packageName(),
            "packagePath", names.packageName().replace('.', '/'),
            "artifact", names.artifact(),
            "subject", names.subject(),
            "version", repository.version(),
            "repository", repository.url(),
            "troupe", ShellWord.quoted(troupe.resolve("bin/troupe").toString()));
  }

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("maven.config", ".mvn/maven.config");
    files.put("gitignore", ".gitignore");
    files.put("README.md", "README.md");
    files.put("application.conf", "home/application.conf");
    files.put("Service.java", "src/main/java/{{packagePath}}/{{service}}.java");
    files.put("migration.sql", "src/main/resources/db/{{subject}}/V1__entry.sql");
    files.put("ServiceTest.java", "src/test/java/{{packagePath}}/{{service}}Test.java");
    files.put("ServiceIT.java", "src/test/java/{{packagePath}}/{{service}}IT.java");
    return files;
  }

  /**
   * Writes all files.
   *
   * @param directory has none of them
   */
  void writeTo(Path directory) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path target = directory.resolve(filled(file.getValue()));
      Files.createDirectories(target.getParent());
      Files.writeString(target, filled(resource(file.getKey())), StandardOpenOption.CREATE_NEW);
    }
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
    }
    return filled;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ProjectTemplate.class.getResourceAsStream("template/" + name)) {
      if (in == null) {
        throw new IOException("the launcher jar has no template/" + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
