package dev.troupe.service.host;

import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Creates a service from the name of its class. */
public final class ServiceClass {
  private final String service;
  private final String className;
  private final Path jars;
  private final @Nullable ServiceClassLoader loader;

  /**
   * @param service the service's name in the settings
   * @param jars where jars of services of one's own are, for messages
   * @param loader of the service; null if its class is one of Troupe's own
   */
  public ServiceClass(
      String service, String className, Path jars, @Nullable ServiceClassLoader loader) {
    this.service = service;
    this.className = className;
    this.jars = jars;
    this.loader = loader;
  }

  /**
   * @throws UnusableServiceException when there is no such service in the jars
   */
  public Service create() throws UnusableServiceException {
    Class<? extends Service> type = load();
    Service created;
    try {
      created = type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw refused(
          "cannot be created. Make it a public class with a public no-argument constructor", e);
    } catch (InvocationTargetException e) {
      throw failed("failed in its constructor: " + e.getCause(), e.getCause());
    } catch (LinkageError e) {
      throw refused(unlinked(e), e);
    }
    return created;
  }

  /**
   * @throws UnusableServiceException when a class that the service needs is missing, or the service
   *     has another name than in the settings
   * @throws Exception what the service throws itself
   */
  public ServiceDefinition define(Service created, ServiceContext context) throws Exception {
    ServiceDefinition definition;
    try {
      definition = created.define(context);
    } catch (LinkageError e) {
      throw refused(unlinked(e), e);
    }
    requireName(definition.descriptor());
    return definition;
  }

  private Class<? extends Service> load() throws UnusableServiceException {
    IOException unreadable = loader == null ? null : loader.unreadable();
    if (unreadable != null) {
      throw refused(
          "cannot be loaded: %s. Put the whole jar there again".formatted(unreadable.getMessage()),
          unreadable);
    }
    Class<?> type;
    try {
      type = loader == null ? Class.forName(className) : Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      throw refused(
          "does not exist. Put its jar into %s, or correct troupe.services.%s.class"
              .formatted(jars, service),
          e);
    } catch (LinkageError e) {
      throw refused(unlinked(e), e);
    }
    if (!Service.class.isAssignableFrom(type)) {
      throw refused("is not a service. Make it implement " + Service.class.getName(), null);
    }
    return type.asSubclass(Service.class);
  }

  private void requireName(ServiceDescriptor descriptor) throws UnusableServiceException {
    if (!descriptor.service().equals(service)) {
      throw refused(
          "defines '%s'. Name its block in troupe.services so, or change its define()"
              .formatted(descriptor.service()),
          null);
    }
  }

  private String unlinked(LinkageError error) {
    Throwable cause = error.getCause();
    return "cannot be loaded: %s. See that %s holds all jars it needs, built for this JDK (%s)"
        .formatted(
            cause instanceof ClassNotFoundException ? error + ", " + cause.getMessage() : error,
            jars,
            Runtime.version().feature());
  }

  // Code of the service itself failed. The next start may succeed, unless a class is missing.
  private UnusableServiceException failed(String why, @Nullable Throwable cause) {
    return new UnusableServiceException(text(why), cause, cause instanceof LinkageError);
  }

  private UnusableServiceException refused(String why, @Nullable Throwable cause) {
    return new UnusableServiceException(text(why), cause, true);
  }

  private String text(String why) {
    return "%s: class %s %s (jars of services are looked for in %s when the process starts)"
        .formatted(service, className, why, jars);
  }
}
