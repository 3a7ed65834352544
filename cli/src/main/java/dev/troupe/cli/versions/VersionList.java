package dev.troupe.cli.versions;

import dev.troupe.cli.deploy.RunningVersions;
import dev.troupe.cli.deploy.VersionIntake;
import dev.troupe.cli.display.JsonLine;
import dev.troupe.cli.display.TextTable;
import dev.troupe.protocol.launch.ServiceVersion;
import dev.troupe.protocol.launch.ServiceVersions;
import dev.troupe.protocol.text.VisibleText;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of a service that were taken in, the oldest first, and what runs from other jars.
 *
 * @param otherSlots the slots that run none of them
 */
record VersionList(String service, List<Version> versions, List<String> otherSlots) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /**
   * @param about empty for a version whose jars are damaged
   * @param slots that run it
   */
  record Version(
      String name, Optional<ServiceVersion> about, boolean isCurrent, List<String> slots) {
    private String takenAt() {
      return about.map(known -> known.takenAt().toString()).orElse("");
    }
  }

  VersionList {
    versions = List.copyOf(versions);
    otherSlots = List.copyOf(otherSlots);
  }

  /**
   * @param running the version by slot
   */
  static VersionList of(String service, ServiceVersions known, Map<String, String> running)
      throws IOException {
    VersionIntake intake = new VersionIntake(known);
    Optional<String> current = known.current();
    List<Version> versions = new ArrayList<>();
    for (String name : known.all()) {
      versions.add(
          new Version(
              name,
              intake.isUndamaged(name) ? Optional.of(known.read(name)) : Optional.empty(),
              current.equals(Optional.of(name)),
              slots(running, name)));
    }
    versions.sort(Comparator.comparing(Version::takenAt));
    return new VersionList(service, versions, slots(running, RunningVersions.NONE));
  }

  private static List<String> slots(Map<String, String> running, String version) {
    return running.entrySet().stream()
        .filter(slot -> slot.getValue().equals(version))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A table for people. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VERSION", "TAKEN", "STATES", "CURRENT", "SLOTS", "FROM"));
    for (Version version : versions) {
      Optional<ServiceVersion> about = version.about();
      rows.add(
          List.of(
              version.name(),
              about
                  .map(known -> TIME.format(known.takenAt().atZone(ZoneId.systemDefault())))
                  .orElse("-"),
              about.map(ServiceVersion::stated).orElse("-"),
              version.isCurrent() ? "yes" : "",
              String.join(", ", version.slots()),
              about.map(ServiceVersion::from).orElse("damaged: take its jars in again")));
    }
    return TextTable.lines(rows).stream().map(VisibleText::line).toList();
  }

  /** One line for programs. */
  String json() throws IOException {
    return JsonLine.of(
        json -> {
          json.writeStringField("service", service);
          json.writeArrayFieldStart("versions");
          for (Version version : versions) {
            json.writeStartObject();
            json.writeStringField("version", version.name());
            json.writeBooleanField("current", version.isCurrent());
            json.writeBooleanField("damaged", version.about().isEmpty());
            JsonLine.texts(json, "slots", version.slots());
            if (version.about().isPresent()) {
              ServiceVersion about = version.about().get();
              json.writeStringField("taken_at", about.takenAt().toString());
              json.writeStringField("states", about.stated());
              json.writeStringField("from", about.from());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          JsonLine.texts(json, "other_slots", otherSlots);
        });
  }
}
