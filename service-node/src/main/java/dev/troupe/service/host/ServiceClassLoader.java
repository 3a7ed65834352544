package dev.troupe.service.host;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one service: those of the JDK, those that the API of Troupe is made of, and
 * all others from the jars of the service. So a service can use any version of a library that
 * Troupe uses too, or that another service uses. See docs/decisions.
 */
public final class ServiceClassLoader extends URLClassLoader {
  /** What a service shares with Troupe, because the API speaks it: packages. */
  private static final List<String> SHARED =
      List.of(
          "dev.troupe.protocol.",
          "org.apache.pekko.",
          "scala.",
          "org.reactivestreams.",
          "org.slf4j.",
          "com.typesafe.config.",
          "jakarta.validation.",
          "org.jspecify.annotations.");

  /**
   * What a service without jars of its own for it has from Troupe. Jackson's annotations on the
   * records of an action say how Troupe reads and writes them.
   */
  private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation.";

  /** What ConfigFactory.load() reads of Pekko. */
  private static final Set<String> SHARED_FILES =
      Set.of("reference.conf", "version.conf", "pekko-http-version.conf");

  private static final Set<String> JDK_PACKAGES =
      ModuleLayer.boot().modules().stream()
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final ClassLoader troupe = ServiceClassLoader.class.getClassLoader();
  private final List<Path> jars;

  static {
    registerAsParallelCapable();
  }

  /**
   * @param jars jars and directories of classes, the first ones first
   */
  public ServiceClassLoader(String service, List<Path> jars) {
    super(service, urls(jars), getPlatformClassLoader());
    this.jars = List.copyOf(jars);
  }

  private static URL[] urls(List<Path> jars) {
    try {
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
      return urls;
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether Troupe has the class and the jars of the service have not. */
  public boolean isOfTroupe(String className) {
    if (has(className)) {
      return false;
    }
    try {
      Class.forName(className, false, troupe);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private boolean has(String className) {
    return findResource(file(className)) != null;
  }

  /**
   * The first jar that cannot be read. The JDK skips such a jar without a word.
   *
   * @return nothing if all can be read
   */
  @Nullable IOException unreadable() {
    for (Path jar : jars) {
      if (!Files.isDirectory(jar)) {
        try (JarFile opened = new JarFile(jar.toFile())) {
          opened.size();
        } catch (IOException e) {
          return new IOException("%s cannot be read: %s".formatted(jar, e.getMessage()), e);
        }
      }
    }
    return null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = find(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    if (JDK_PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
      return getParent().loadClass(name);
    }
    boolean isShared = SHARED.stream().anyMatch(name::startsWith);
    if (isShared || (name.startsWith(ANNOTATIONS) && !has(name))) {
      try {
        return troupe.loadClass(name);
      } catch (ClassNotFoundException e) {
        // A module of Pekko that Troupe does not use can only be in the jars of the service.
      }
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException(missing(name), e.getCause());
    }
  }

  private String missing(String name) {
    return troupe.getResource(file(name)) == null
        ? "%s (no jar of the service has it)".formatted(name)
        : "%s (no jar of the service has it, and services do not see the libraries that Troupe itself uses: add the library to the jars of the service)"
            .formatted(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    if (isShared(name)) {
      URL shared = troupe.getResource(name);
      if (shared != null) {
        return shared;
      }
    }
    URL own = findResource(name);
    return own == null ? getParent().getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    if (isShared(name)) {
      all.addAll(Collections.list(troupe.getResources(name)));
    } else {
      all.addAll(Collections.list(getParent().getResources(name)));
    }
    return Collections.enumeration(all);
  }

  private static boolean isShared(String resource) {
    String name = resource.replace('/', '.');
    return SHARED_FILES.contains(resource) || SHARED.stream().anyMatch(name::startsWith);
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }
}
