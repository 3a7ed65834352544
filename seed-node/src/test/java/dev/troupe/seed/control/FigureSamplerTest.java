package dev.troupe.seed.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.node.registry.InstanceView;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.node.registry.ServiceView;
import dev.troupe.protocol.registry.Heartbeat;
import dev.troupe.protocol.registry.InstanceState;
import dev.troupe.protocol.service.ServiceDescriptor;
import dev.troupe.seed.RegistryViews;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FigureSamplerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FigureSampler sampler = new FigureSampler();

  private static RegistryView view(int generation, long uptime, double cpu, long requests) {
    InstanceView instance =
        RegistryViews.instance("A-1", generation, 7, "pekko://troupe@127.0.0.1:25001");
    Heartbeat beat =
        new Heartbeat(
            generation,
            1,
            uptime,
            RegistryViews.STARTED_AT,
            InstanceState.READY,
            null,
            false,
            3,
            1000,
            cpu,
            Map.of());
    return new RegistryView(
        List.of(),
        Map.of("A", new ServiceView(new ServiceDescriptor("A", "1", List.of()), requests, 0)),
        List.of(
            new InstanceView(
                instance.registration(), beat, instance.member(), Duration.ZERO, false)));
  }

  @Test
  void theFirstSampleHasNoRates() {
    FigureSampler.Figures first = sampler.sample(view(1, 1000, 5, 100), 0);

    assertThat(first.requestsPerSecond()).isZero();
    assertThat(first.slots().get("A-1")).isEqualTo(new FigureSampler.SlotFigures(null, 1000, 3));
  }

  @Test
  void ratesAreThoseSinceTheSampleBefore() {
    sampler.sample(view(1, 1000, 5, 100), 0);

    FigureSampler.Figures second = sampler.sample(view(1, 3000, 6, 130), 2 * SECOND);

    assertThat(second.requestsPerSecond()).isCloseTo(15, within(0.001));
    assertThat(second.services().get("A").requestsPerSecond()).isCloseTo(15, within(0.001));
    assertThat(second.slots().get("A-1").cpu()).isCloseTo(0.5, within(0.001));
  }

  @Test
  void aNewProcessBeginsAnew() {
    sampler.sample(view(1, 60_000, 50, 100), 0);

    FigureSampler.Figures second = sampler.sample(view(2, 1000, 1, 90), SECOND);

    assertThat(second.slots().get("A-1").cpu()).isNull();
    assertThat(second.requestsPerSecond()).isZero();
  }
}
