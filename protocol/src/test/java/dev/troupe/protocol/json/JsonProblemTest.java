package dev.troupe.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonProblemTest {
  private static String problemOf(String json) {
    return JsonProblem.of(
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> Json.MAPPER.readTree(json.replace('\'', '"').getBytes(ISO_8859_1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1          | it ends too early (line 1, column 7)",
        "{'a'            | it ends too early (line 1, column 5)",
        "{'a':'b         | it ends too early (line 1, column 8)",
        "{'a':1} {}      | something follows after its end (line 1, column 9)",
        "{'a':1,'a':2}   | duplicate field 'a' (line 1, column 11)",
        "{'a':}          | unexpected character ('}'): expected a value (line 1, column 6)",
        "{'a':01}        | invalid numeric value: Leading zeroes not allowed (line 1, column 7)",
        "{'a':NaN}       | non-standard token 'NaN' (line 1, column 9)",
        "{'a':'\\q'}      | unrecognized character escape 'q' (line 1, column 8)",
        "{'a':'\u00ff'}   | invalid UTF-8 start byte 0xff (line 1, column 8)",
        "{'a':'\u00c3'}   | invalid UTF-8 middle byte 0x22 (line 1, column 9)",
        "{a:1}           | unexpected character ('a'): was expecting double-quote to start field"
            + " name (line 1, column 2)",
        "/* hi */ {}     | unexpected character ('/'): maybe a (non-standard) comment?"
            + " (line 1, column 1)",
        "{'a':yes}       | unrecognized token 'yes': was expecting (JSON String, Number, Array,"
            + " Object or token 'null', 'true' or 'false') (line 1, column 6)",
        "{'a':'\t'}       | illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped"
            + " using backslash to be included in string value (line 1, column 7)",
      })
  void saysWhatIsWrongAndWhere(String json, String problem) {
    assertThat(problemOf(json)).isEqualTo(problem);
  }

  @Test
  void countsLines() {
    assertThat(problemOf("{\n  'a': 1,\n  'b': }\n"))
        .isEqualTo("unexpected character ('}'): expected a value (line 3, column 8)");
  }

  @Test
  void namesTheLimitThatWasPassed() {
    assertThat(problemOf("[".repeat(2000)))
        .isEqualTo("document nesting depth (101) exceeds the maximum allowed (100)");
    assertThat(problemOf("{'a':" + "9".repeat(2000) + "}"))
        .isEqualTo("number value length (2000) exceeds the maximum allowed (1000)");
  }
}
