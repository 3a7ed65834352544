package dev.troupe.protocol;

import java.util.regex.Pattern;

/**
 * The names that slots are made of. The slots of a service have its name; those of nodes that host
 * no service have one of the names here.
 */
public final class NodeNames {
  /** Names of services, from which those of slots, roles and files are made. */
  public static final Pattern SERVICE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  public static final String SEED = "seed";
  public static final String GATEWAY = "gateway";

  private NodeNames() {}

  /** Whether nodes that host no service have this name, so that no service may have it. */
  public static boolean isReserved(String service) {
    return service.equals(SEED) || service.equals(GATEWAY);
  }

  /**
   * The service that a slot belongs to, like {@code UserService} of {@code UserService-1}. A name
   * without a number is returned as it is.
   */
  public static String serviceOf(String slot) {
    int dash = slot.lastIndexOf('-');
    boolean isNumbered =
        dash > 0
            && dash + 1 < slot.length()
            && slot.chars().skip(dash + 1L).allMatch(letter -> letter >= '0' && letter <= '9');
    return isNumbered ? slot.substring(0, dash) : slot;
  }
}
