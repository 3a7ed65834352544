package dev.troupe.service.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceClassLoaderTest {
  @TempDir private Path directory;

  @Test
  void twoServicesHaveTwoVersionsOfOneLibrary() throws Exception {
    assertThat(valueOf("lib.Version", library("1"))).isEqualTo("1");
    assertThat(valueOf("lib.Version", library("2"))).isEqualTo("2");
  }

  @Test
  void aLibraryOfTheServiceGoesBeforeTheSameOneOfTroupe() throws Exception {
    String mapper = "com.fasterxml.jackson.databind.ObjectMapper";
    Path jar =
        CompiledJar.of(
            directory,
            "fat.jar",
            List.of(),
            Map.of(
                mapper,
                "package com.fasterxml.jackson.databind; public class ObjectMapper {"
                    + " public static final Object VALUE = \"of the service\"; }"));

    assertThat(valueOf(mapper, jar)).isEqualTo("of the service");
  }

  @Test
  void whatTheApiSpeaksIsTroupesAlsoWhenAFatJarHasIt() throws Exception {
    Path jar =
        CompiledJar.of(
            directory,
            "fat.jar",
            List.of(),
            Map.of(
                Service.class.getName(),
                "package dev.troupe.protocol.service; public interface Service {}",
                "org.slf4j.Logger",
                "package org.slf4j; public interface Logger {}"));
    try (ServiceClassLoader loader = loader(jar)) {
      assertThat(loader.loadClass(Service.class.getName())).isSameAs(Service.class);
      assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
      assertThat(loader.loadClass("java.sql.Connection")).isSameAs(java.sql.Connection.class);
    }
  }

  @Test
  void aModuleOfPekkoThatTroupeDoesNotHaveComesFromTheJars() throws Exception {
    String module = "org.apache.pekko.absent.Module";
    Path jar =
        CompiledJar.of(
            directory,
            "module.jar",
            List.of(),
            Map.of(
                module,
                "package org.apache.pekko.absent; public class Module {"
                    + " public static final Object VALUE = \"own\"; }"));

    assertThat(valueOf(module, jar)).isEqualTo("own");
  }

  @Test
  void aLibraryThatOnlyTroupeHasIsMissingAndTheMessageSaysWhatToDo() throws Exception {
    try (ServiceClassLoader loader = loader(library("1"))) {
      assertThatThrownBy(() -> loader.loadClass("org.flywaydb.core.Flyway"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("org.flywaydb.core.Flyway")
          .hasMessageContaining("add the library to the jars of the service");
      assertThatThrownBy(() -> loader.loadClass("com.example.Absent"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessage("com.example.Absent (no jar of the service has it)");
    }
  }

  @Test
  void jacksonsAnnotationsAreThereForAServiceWithoutJackson() throws Exception {
    try (ServiceClassLoader loader = loader(library("1"))) {
      assertThat(loader.loadClass("com.fasterxml.jackson.annotation.JsonProperty"))
          .isSameAs(com.fasterxml.jackson.annotation.JsonProperty.class);
    }
  }

  @Test
  void ownResourcesAreFoundAndThoseOfTroupesLibrariesAreNot() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Files.writeString(classes.resolve("logback.xml"), "own");
    try (ServiceClassLoader loader = new ServiceClassLoader("A", List.of(classes))) {
      assertThat(loader.getResource("logback.xml")).hasPath(classes.resolve("logback.xml") + "");
      assertThat(Collections.list(loader.getResources("META-INF/services/java.sql.Driver")))
          .isEmpty();
      assertThat(loader.getResource("db/user")).isNull();
      assertThat(ConfigFactory.load(loader).hasPath("pekko.actor.provider")).isTrue();
    }
  }

  @Test
  void aJarThatIsOnlyHalfThereIsNamed() throws Exception {
    Path jar = library("1");
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));
    try (ServiceClassLoader loader = loader(jar)) {
      assertThat(loader.unreadable()).hasMessageContaining(jar.toString());
    }
  }

  @Test
  void aClassOfTroupeNeedsNoLoader() throws Exception {
    try (ServiceClassLoader loader = loader(library("1"))) {
      assertThat(loader.isOfTroupe("dev.troupe.service.user.UserService")).isTrue();
      assertThat(loader.isOfTroupe("lib.Version")).isFalse();
      assertThat(loader.isOfTroupe("com.example.Absent")).isFalse();
    }
  }

  private Path library(String version) throws IOException {
    return CompiledJar.of(
        directory,
        "lib-%s.jar".formatted(version),
        List.of(),
        Map.of(
            "lib.Version",
            "package lib; public class Version { public static final Object VALUE = \"%s\"; }"
                .formatted(version)));
  }

  private static Object valueOf(String className, Path jar) throws Exception {
    try (ServiceClassLoader loader = loader(jar)) {
      return Class.forName(className, true, loader).getField("VALUE").get(null);
    }
  }

  private static ServiceClassLoader loader(Path jar) {
    return new ServiceClassLoader("Test", List.of(jar));
  }
}
