package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KEYS = List.of("host", "port", "max-restarts", "window");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "Port, port",
    "hosts, host",
    "maxrestarts, max-restarts",
    "widow, window"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(Nearest.to(written, KEYS)).contains(meant);
    assertThat(Nearest.hint(written, KEYS)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @Test
  void guessesNothingThatIsFarAway() {
    assertThat(Nearest.to("colour", KEYS)).isEmpty();
    assertThat(Nearest.to("x", KEYS)).isEmpty();
    assertThat(Nearest.to("port", List.of())).isEmpty();
    assertThat(Nearest.hint("colour", KEYS)).isEmpty();
  }

  @Test
  void countsLettersChangedAddedAndTakenAway() {
    assertThat(Nearest.distance("port", "port")).isZero();
    assertThat(Nearest.distance("port", "")).isEqualTo(4);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
