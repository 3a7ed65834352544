package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.ReplyStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = ';',
      value = {
        "\"3\";                 \"3\"",
        "' \"3\" ';             \"3\"",
        "\"1\",\"3\";           \"1\" \"3\"",
        "'\"1\" ,\t, \"3\",';   \"1\" \"3\"",
        "W/\"1\", \"\";         W/\"1\" \"\"",
        "\"a,b\";               \"a,b\"",
        "\"ü\";                 \"ü\"",
        "' * ';                 *"
      })
  void aListIsItsTags(String list, String tags) {
    assertThat(EntityTags.in("If-Match", list).all()).containsExactly(tags.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "3", "\"3", "\"3\" \"4\"", "\"3\", 4", "w/\"3\"", "*, \"3\"", "\"a b\""})
  void anythingElseIsMalformed(String list) {
    assertThatThrownBy(() -> EntityTags.in("If-Match", list))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            malformed -> assertThat(malformed.status()).isEqualTo(ReplyStatus.MALFORMED))
        .hasMessage("If-Match is no list of entity tags (expected: something like \"3\", or *)");
  }

  @Test
  void aLongListWithoutAnEndIsRefusedAtOnce() {
    String list = "\"1\" ,".repeat(100_000) + "x";
    assertThatThrownBy(() -> EntityTags.in("If-Match", list))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aWeakTagMatchesWeaklyOnly() {
    EntityTags tags = EntityTags.in("If-Match", "W/\"3\", \"5\"");
    assertThat(tags.has(EntityTags.of(3))).isFalse();
    assertThat(tags.hasWeakly(EntityTags.of(3))).isTrue();
    assertThat(tags.has(EntityTags.of(5))).isTrue();
    assertThat(tags.hasWeakly(EntityTags.of(5))).isTrue();
    assertThat(tags.hasWeakly(EntityTags.of(35))).isFalse();
  }

  @Test
  void anAsteriskMatchesWhateverThereIs() {
    EntityTags any = EntityTags.in("If-Match", "*");
    assertThat(any.has(EntityTags.of(1))).isTrue();
    assertThat(any.hasWeakly(EntityTags.of(2))).isTrue();
  }
}
