package dev.troupe.service.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.protocol.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotificationSettingsTest {
  private static final String BOTH =
      """
      channels {
        email { kind = smtp, host = mail.example.org, from = "a@example.org", user = u, password = opensesame }
        hook { kind = webhook, url = "https://example.org/x", secret = "0123456789abcdef" }
      }
      """;

  @Test
  void aTypeGoesToItsChannelAndEachOtherToTheLog() {
    NotificationSettings settings = read(BOTH);
    assertThat(settings.channelOf("email")).isEqualTo("email");
    assertThat(settings.channelOf("sms")).isEqualTo("log");
    assertThat(read("").channelOf("email")).isEqualTo("log");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(read(BOTH).toString())
        .contains("mail.example.org")
        .doesNotContain("opensesame", "0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page-sise = 1                                             | did you mean 'page-size'",
        "delivery.bach = 1                                         | did you mean 'batch'",
        "delivery.deadline = 5                                     | a duration with its unit",
        "channels.email { kind = smpt }                            | one of log, smtp, webhook",
        "channels.email { kind = smtp, from = \"a@b.org\" }        | lacks the key 'host'",
        "channels.email { kind = smtp, host = h, from = nobody }   | an address like",
        "channels.email { kind = smtp, host = h, from = \"a@b.org\", pasword = x } | 'password'",
        "channels.h { kind = webhook, url = \"ftp://x\", secret = \"0123456789abcdef\" } | a URL",
        "channels.h { kind = webhook, url = \"http://x\", secret = short } | at least 16",
        "channels.E1 { kind = log }                                | 1 to 20 of [a-z]"
      })
  void whatCannotBeUsedIsNamed(String settings, String message) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("short");
  }

  private static NotificationSettings read(String settings) {
    return NotificationSettings.read(ConfigFactory.parseString(settings));
  }
}
