package dev.troupe.service.text;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/** Reads the address of one mailbox: {@code g:a@b,c@d;} is a group of two in one text. */
public final class EmailAddress {
  private EmailAddress() {}

  /** Nothing unless {@code text} is one plain address, without a name, a comment or a group. */
  public static Optional<InternetAddress> parse(String text) {
    if (!VisibleCharacters.isVisible(text)) {
      return Optional.empty();
    }
    try {
      InternetAddress[] all = InternetAddress.parse(text, true);
      boolean plain = all.length == 1 && !all[0].isGroup() && text.equals(all[0].getAddress());
      return plain && text.indexOf('@') > 0 ? Optional.of(all[0]) : Optional.empty();
    } catch (AddressException e) {
      return Optional.empty();
    }
  }
}
