package dev.troupe.protocol;

/** The version of Troupe that runs here. */
public final class TroupeVersion {
  /** As the jar's manifest says; {@code dev} when not run from a jar. */
  public static final String CURRENT = current();

  private TroupeVersion() {}

  private static String current() {
    String version = TroupeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
