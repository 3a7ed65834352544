package dev.troupe.seed.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which members do not hear which others, as the gossip of the cluster has told the seed node.
 * Pekko has no public interface for it: this reads what Pekko Management shows, too.
 */
public final class ReachabilityObservers {
  private final Cluster cluster;

  public ReachabilityObservers(ActorSystem<?> system) {
    this.cluster = Cluster.get(system.classicSystem());
  }

  /** The addresses of the observers, by that of the member that they do not hear. */
  public Map<String, Set<String>> byUnreachable() {
    Map<String, Set<String>> found = new HashMap<>();
    CollectionConverters.asJava(cluster.readView().reachability().observersGroupedByUnreachable())
        .forEach(
            (member, observers) ->
                found.put(
                    member.address().toString(),
                    CollectionConverters.asJava(observers).stream()
                        .map(observer -> observer.address().toString())
                        .collect(Collectors.toSet())));
    return found;
  }
}
