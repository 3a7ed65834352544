package dev.troupe.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Who spawns an actor of another package can read what it needs and does. */
final class DocumentedBehaviorsTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  @Test
  void everyPublicMethodThatMakesABehaviorIsDocumented() throws IOException {
    List<String> seen = new ArrayList<>();
    List<String> undocumented = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()));
      DocTrees documentation = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Behaviors(documentation, seen, undocumented).scan(unit, null);
      }
    }

    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(undocumented).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path modules : List.of(REPOSITORY, REPOSITORY.resolve("examples"))) {
      try (DirectoryStream<Path> roots = Files.newDirectoryStream(modules)) {
        for (Path module : roots) {
          Path root = module.resolve("src/main/java");
          if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
              files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
          }
        }
      }
    }
    return sources;
  }

  private static final class Behaviors extends TreePathScanner<Void, Void> {
    private final DocTrees documentation;
    private final List<String> seen;
    private final List<String> undocumented;

    Behaviors(DocTrees documentation, List<String> seen, List<String> undocumented) {
      this.documentation = documentation;
      this.seen = seen;
      this.undocumented = undocumented;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      Tree type = method.getReturnType();
      boolean makesABehavior = type != null && type.toString().startsWith("Behavior<");
      boolean isPublic =
          method.getModifiers().getFlags().contains(Modifier.PUBLIC)
              && isPublic(getCurrentPath().getParentPath().getLeaf());
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (makesABehavior && isPublic && !overrides) {
        String name =
            getCurrentPath().getCompilationUnit().getSourceFile().getName()
                + " "
                + method.getName();
        seen.add(name);
        DocCommentTree comment = documentation.getDocCommentTree(getCurrentPath());
        if (comment == null) {
          undocumented.add(name);
        }
      }
      return super.visitMethod(method, null);
    }

    private static boolean isPublic(Tree owner) {
      return owner instanceof ClassTree type
          && (type.getKind() == Tree.Kind.INTERFACE
              || type.getModifiers().getFlags().contains(Modifier.PUBLIC));
    }
  }
}
