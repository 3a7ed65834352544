package dev.troupe.protocol.launch;

import dev.troupe.protocol.process.CommandLineMark;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of one process of the cluster. The launcher starts the seed node with it, the
 * seed node all others, so that every JVM runs with the same class path and the same bounds.
 *
 * @param java the {@code java} program to run
 * @param feature its version, like 17
 * @param home of the cluster, absolute
 * @param slot like {@code UserService-1}
 * @param archive of shared classes; used if the file exists
 * @param jvmOptions the user's, after and therefore above the standard ones
 * @param classPath jars in a stable order, which the archive depends on
 */
public record JavaCommand(
    Path java,
    int feature,
    Path home,
    String slot,
    Path archive,
    List<String> jvmOptions,
    List<Path> classPath,
    String mainClass,
    List<String> arguments) {
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use[A-Za-z0-9]+GC");

  public JavaCommand {
    jvmOptions = List.copyOf(jvmOptions);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /** A process of {@code home} under the JDK that runs this one, with the jars of {@code lib}. */
  public static JavaCommand of(Distribution lib, Path home, String slot, String mainClass) {
    return new JavaCommand(
        javaProgram(),
        Runtime.version().feature(),
        home,
        slot,
        lib.archive(),
        List.of(),
        lib.jars(),
        mainClass,
        List.of());
  }

  /** The {@code java} program of the JDK that runs this process. */
  public static Path javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  public JavaCommand withJvmOptions(List<String> options) {
    return new JavaCommand(
        java, feature, home, slot, archive, options, classPath, mainClass, arguments);
  }

  /** Appends jars: what comes before them must stay the same for the archive to be used. */
  public JavaCommand withMoreJars(List<Path> jars) {
    List<Path> longer = Stream.concat(classPath.stream(), jars.stream()).toList();
    return new JavaCommand(
        java, feature, home, slot, archive, jvmOptions, longer, mainClass, arguments);
  }

  public JavaCommand withArguments(List<String> given) {
    return new JavaCommand(
        java, feature, home, slot, archive, jvmOptions, classPath, mainClass, given);
  }

  /** Program and arguments, as {@link ProcessBuilder} takes them. */
  public List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    // First, because the operating system shows only the beginning of a long command line.
    line.addAll(new CommandLineMark(home, slot).options());
    line.addAll(standardOptions());
    line.addAll(jvmOptions);
    line.add("-cp");
    line.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    line.add(mainClass);
    line.addAll(arguments);
    return List.copyOf(line);
  }

  private List<String> standardOptions() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xss512k",
                "-Xms16m",
                // Ten times the defaults: C2 takes a quarter off a request, and would add more than
                // half to the CPU time of a start if it began there.
                "-XX:Tier4InvocationThreshold=50000",
                "-XX:Tier4MinInvocationThreshold=6000",
                "-XX:Tier4CompileThreshold=150000",
                "-XX:Tier4BackEdgeThreshold=400000",
                // A heap that has grown for a moment gives its pages back.
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=64m",
                // Only jstat reads these samples; the default wakes a JVM 20 times a second.
                "-XX:PerfDataSamplingInterval=10000",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + errorPath(),
                // With the default of 1 on two cores every asynchronous stage of a
                // CompletableFuture starts a thread.
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"));
    // Two collectors on one command line are an error, not a choice.
    if (jvmOptions.stream().noneMatch(option -> COLLECTOR.matcher(option).matches())) {
      options.add("-XX:+UseSerialGC");
    }
    options.addAll(archiveOptions(archive));
    if (feature >= 23) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (feature >= 24) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  /** The options by which a JVM uses {@code archive}, if the file exists. */
  public static List<String> archiveOptions(Path archive) {
    return Files.isRegularFile(archive)
        ? List.of(
            "-XX:SharedArchiveFile=" + archive,
            "-Xshare:auto",
            // Mapped where it was made for, its pages need no patching and are shared by all
            // processes.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            // An archive of another JDK or of older jars is of no use, but no news either.
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off")
        : List.of();
  }

  /** The name of what the JVM of {@code slot} writes when it crashes. */
  public static String errorFile(String slot, String pid) {
    return "hs_err_" + slot + "_" + pid + ".log";
  }

  private String errorPath() {
    // The JVM replaces %p by the pid, and %% by %.
    String logs = home.resolve("run").resolve("logs").toString().replace("%", "%%");
    return logs + "/" + errorFile(slot, "%p");
  }
}
