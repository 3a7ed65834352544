package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.json.JsonBytes;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The order of the fields of requests and replies, version 1. Thread-safe. */
final class CallFormat {
  private final ActorRefMemo refs;

  CallFormat(ActorRefMemo refs) {
    this.refs = refs;
  }

  void write(ServiceRequest request, ByteBuffer buffer) {
    buffer.putLong(request.correlationId());
    buffer.putLong(request.deadlineMillis());
    Fields.writeText(buffer, request.requestId());
    Fields.writeText(buffer, request.action());
    Fields.writeMap(buffer, request.path());
    Fields.writeMap(buffer, request.query());
    Fields.writeBytes(buffer, request.data().bytes());
    Fields.writeText(buffer, request.idempotencyKey());
    Preconditions preconditions = request.preconditions();
    Fields.writeText(buffer, preconditions == null ? null : preconditions.ifMatch());
    Fields.writeText(buffer, preconditions == null ? null : preconditions.ifNoneMatch());
    Fields.writeText(buffer, request.traceparent());
    Fields.writeBytes(buffer, refs.write(request.replyTo()));
  }

  ServiceRequest readRequest(ByteBuffer buffer) throws NotSerializableException {
    try {
      long correlationId = buffer.getLong();
      long deadlineMillis = buffer.getLong();
      return new ServiceRequest(
          correlationId,
          Fields.readText(buffer, "requestId"),
          Fields.readText(buffer, "action"),
          Fields.readMap(buffer, "path"),
          Fields.readMap(buffer, "query"),
          JsonBytes.of(Fields.readBytes(buffer, "data")),
          deadlineMillis,
          Fields.readOptional(buffer, "idempotencyKey"),
          Preconditions.of(
              Fields.readOptional(buffer, "ifMatch"), Fields.readOptional(buffer, "ifNoneMatch")),
          Fields.readOptional(buffer, "traceparent"),
          refs.read(Fields.readBytes(buffer, "replyTo")));
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a ServiceRequest", "more bytes");
    }
  }

  void write(ServiceReply reply, ByteBuffer buffer) {
    buffer.putLong(reply.correlationId());
    Fields.writeText(buffer, reply.requestId());
    Fields.writeText(buffer, reply.status().name());
    Fields.writeBytes(buffer, reply.data().bytes());
    Fields.writeText(buffer, reply.message());
    Fields.writeMap(buffer, reply.headers());
  }

  ServiceReply readReply(ByteBuffer buffer) throws NotSerializableException {
    try {
      return new ServiceReply(
          buffer.getLong(),
          Fields.readText(buffer, "requestId"),
          status(Fields.readText(buffer, "status")),
          JsonBytes.of(Fields.readBytes(buffer, "data")),
          Fields.readOptional(buffer, "message"),
          Fields.readMap(buffer, "headers"));
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a ServiceReply", "more bytes");
    }
  }

  private static ReplyStatus status(String name) throws NotSerializableException {
    try {
      return ReplyStatus.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw Fields.malformed("status '" + name + "'", "one this version knows");
    }
  }
}
