package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import {{package}}.{{service}}.CreateEntry;
import {{package}}.{{service}}.Entry;
import dev.troupe.testkit.RunningCluster;
import dev.troupe.testkit.TroupeCluster;
import org.junit.jupiter.api.Test;

/** The service in a cluster of real processes, on free ports and in a temporary home. */
@TroupeCluster(file = "home/application.conf")
class {{service}}IT {
  @Test
  void anEntrySurvivesTheProcessThatWroteIt(RunningCluster cluster) {
    Entry first = cluster.post("/{{subject}}", new CreateEntry("first")).as(Entry.class);

    cluster.kill("{{service}}-1").awaitWhole();

    assertThat(cluster.get("/{{subject}}/" + first.id()).expect(200).as(Entry.class))
        .isEqualTo(first);
  }
}
