package dev.troupe.protocol.service;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The header that says under which name a reply is saved (RFC 6266). */
final class ContentDisposition {
  // RFC 5987, 3.2.1.
  private static final String UNESCAPED =
      "!#$&+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private ContentDisposition() {}

  static String attachment(String fileName) {
    String plain = fileName.replaceAll("[^ !#-\\[\\]-~]", "_");
    String header = "attachment; filename=\"" + plain + "\"";
    return plain.equals(fileName) ? header : header + "; filename*=UTF-8''" + escaped(fileName);
  }

  private static String escaped(String fileName) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : fileName.getBytes(UTF_8)) {
      if (UNESCAPED.indexOf(each) >= 0) {
        escaped.append((char) each);
      } else {
        escaped.append("%%%02X".formatted(each & 0xff));
      }
    }
    return escaped.toString();
  }
}
