package dev.troupe.gateway.request;

import dev.troupe.protocol.settings.GatewaySettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.Host;

/**
 * The host names under which clients may address the gateway. With any other name, a web page whose
 * own name resolves to the gateway (DNS rebinding) could read everything through the browser of its
 * visitor. IP addresses are allowed, because an attack needs a name that it can resolve anew.
 */
final class AllowedHosts {
  private static final String ANY = "*";

  private final Set<String> names = new HashSet<>();
  private final boolean any;

  AllowedHosts(GatewaySettings gateway) {
    names.add("localhost");
    names.add(gateway.endpoint().host().toLowerCase(Locale.ROOT));
    gateway.allowedHosts().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    any = names.contains(ANY);
  }

  boolean allows(Host host) {
    return any || host.isIPv4() || host.isIPv6() || allows(host.address());
  }

  /**
   * @param name in lower case
   */
  boolean allows(String name) {
    return any || names.contains(name) || names.contains(withoutDot(name));
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
