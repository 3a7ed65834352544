package dev.troupe.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DidYouMeanTest {
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
    assertThat(DidYouMean.to(written, KEYS)).contains(meant);
    assertThat(DidYouMean.hint(written, KEYS)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @Test
  void guessesNothingThatIsFarAway() {
    assertThat(DidYouMean.to("colour", KEYS)).isEmpty();
    assertThat(DidYouMean.to("x", KEYS)).isEmpty();
    assertThat(DidYouMean.to("port", List.of())).isEmpty();
    assertThat(DidYouMean.hint("colour", KEYS)).isEmpty();
  }

  @Test
  void countsLettersChangedAddedAndTakenAway() {
    assertThat(DidYouMean.distance("port", "port")).isZero();
    assertThat(DidYouMean.distance("port", "")).isEqualTo(4);
    assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
  }
}
