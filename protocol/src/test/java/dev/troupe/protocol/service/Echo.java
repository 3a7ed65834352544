package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers with the input as it was understood. */
record Echo(Record input) {
  static <I extends Record> Outcome<Echo> of(I input, CallContext call) {
    return Outcome.done(new Echo(input));
  }

  /** What was understood, in single quotes. */
  static String echoed(ServiceReply reply) {
    assertThat(reply.message()).isNull();
    try {
      return Json.MAPPER.readTree(reply.data().bytes()).path("input").toString().replace('"', '\'');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertMalformed(ServiceReply reply, String message) {
    assertThat(reply.message()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
  }
}
