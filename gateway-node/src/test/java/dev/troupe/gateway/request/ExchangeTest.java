package dev.troupe.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.http.javadsl.model.Uri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

  @ParameterizedTest
  @CsvSource({
    "/, ''",
    "/users, users",
    "/users/, users",
    "/users/7, users|7",
    "//users, |users",
    "/users//7, users||7",
    "/users//, users|",
    "/users/a%20b, users|a b",
    "/users/a%2Fb, users|a/b",
    "/users/%C3%BC, users|ü",
    "/users/a+b, users|a+b"
  })
  void aPathIsItsDecodedSegments(String path, String expected) {
    List<String> segments = Exchange.pathSegments(Uri.create("http://host" + path));

    assertThat(String.join("|", segments)).isEqualTo(expected);
  }
}
