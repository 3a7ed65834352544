package dev.troupe.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.troupe.protocol.service.RequestLog;
import dev.troupe.protocol.text.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Encodes each log event as one line of JSON. {@code dev.troupe.protocol.logs} reads the lines, and
 * expects {@code at} and {@code level} first, in this order.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final byte[] NONE = new byte[0];

  private final JsonFactory factory = new JsonFactory();
  private final String slot;

  JsonLineEncoder(String slot) {
    this.slot = slot;
  }

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("at", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("slot", slot);
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("thread", event.getThreadName());
      writeIfPresent(json, "request", event.getMDCPropertyMap().get(RequestLog.KEY));
      writeIfPresent(json, "trace", event.getMDCPropertyMap().get(RequestLog.TRACE_KEY));
      json.writeStringField("message", shown(event.getFormattedMessage()));
      if (event.getThrowableProxy() != null) {
        json.writeStringField(
            "exception", shown(ThrowableProxyUtil.asString(event.getThrowableProxy())));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toByteArray();
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private static String shown(@Nullable String text) {
    return VisibleText.lines(VisibleEncoder.cut(String.valueOf(text), ""));
  }
}
