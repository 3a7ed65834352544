package dev.troupe.gateway.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes an IP address as the host of a URL. */
final class UrlHost {
  // The JDK writes all eight groups of an IPv6 address, without leading zeros.
  private static final Pattern ZERO_GROUPS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

  private UrlHost() {}

  /** Like {@code 127.0.0.1} or {@code [::1]}. An IPv6 address is shortened as in RFC 5952. */
  static String of(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + shortened(address.getHostAddress()) + "]"
        : address.getHostAddress();
  }

  /** Replaces the longest run of zero groups, and of several the first one, by {@code ::}. */
  private static String shortened(String address) {
    int scope = address.indexOf('%');
    String groups = scope < 0 ? address : address.substring(0, scope);
    String zone = scope < 0 ? "" : address.substring(scope);
    return ZERO_GROUPS
            .matcher(groups)
            .results()
            .reduce((longest, next) -> length(next) > length(longest) ? next : longest)
            .map(
                zeros ->
                    withoutColonAtEnd(groups.substring(0, zeros.start()))
                        + "::"
                        + withoutColonAtStart(groups.substring(zeros.end())))
            .orElse(groups)
        + zone;
  }

  private static int length(MatchResult zeros) {
    return zeros.end() - zeros.start();
  }

  private static String withoutColonAtEnd(String groups) {
    return groups.endsWith(":") ? groups.substring(0, groups.length() - 1) : groups;
  }

  private static String withoutColonAtStart(String groups) {
    return groups.startsWith(":") ? groups.substring(1) : groups;
  }
}
