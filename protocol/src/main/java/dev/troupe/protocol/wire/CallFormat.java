package dev.troupe.protocol.wire;

import dev.troupe.protocol.call.BodyPart;
import dev.troupe.protocol.call.BodyStream;
import dev.troupe.protocol.call.Deadline;
import dev.troupe.protocol.call.LargeReply;
import dev.troupe.protocol.call.LargeRequest;
import dev.troupe.protocol.call.PartRequest;
import dev.troupe.protocol.call.Preconditions;
import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ReplyStatus;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.call.ServiceRequest;
import dev.troupe.protocol.call.UnreadableRequest;
import dev.troupe.protocol.call.VersionMismatch;
import dev.troupe.protocol.json.JsonBytes;
import dev.troupe.protocol.trace.TraceContext;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The order of the fields of requests and replies. Requests begin with {@code correlationId} and
 * {@code replyTo}, replies with {@code correlationId}, in this and all later versions, so that a
 * reader that does not know the version can still answer. Thread-safe.
 */
final class CallFormat {
  private static final List<String> OPTIONAL_OF_THE_FIRST_VERSION =
      List.of("idempotencyKey", "ifMatch", "ifNoneMatch", "traceparent");

  private final ActorRefMemo refs;
  private final StreamFormat streams;

  CallFormat(ActorRefMemo refs, StreamFormat streams) {
    this.refs = refs;
    this.streams = streams;
  }

  void write(ServiceRequest request, ByteBuffer buffer) {
    buffer.putLong(request.correlationId());
    Fields.writeBytes(buffer, refs.write(request.replyTo()));
    buffer.putLong(request.deadline().millisLeft());
    Fields.writeText(buffer, request.requestId());
    Fields.writeText(buffer, request.action());
    Fields.writeMap(buffer, request.path());
    QueryFormat.writeSingle(buffer, request.query());
    Fields.writeBytes(buffer, request.data().bytes());
    Fields.writeText(buffer, request.idempotencyKey());
    Preconditions preconditions = request.preconditions();
    Fields.writeText(buffer, preconditions == null ? null : preconditions.ifMatch());
    Fields.writeText(buffer, preconditions == null ? null : preconditions.ifNoneMatch());
    TraceFormat.write(request.trace(), buffer);
    Fields.writeText(buffer, request.client());
    Fields.writeText(buffer, request.principal());
    streams.write(request.upload(), buffer);
    QueryFormat.writeRepeated(buffer, request.query());
    Fields.writeMap(buffer, request.headers());
  }

  ServiceRequest readRequest(ByteBuffer buffer) throws NotSerializableException {
    try {
      long correlationId = buffer.getLong();
      ActorRef<ServiceReply> replyTo = refs.read(Fields.readBytes(buffer, "replyTo"));
      Deadline deadline = Deadline.afterMillis(buffer.getLong());
      String requestId = Fields.readText(buffer, "requestId");
      String action = Fields.readText(buffer, "action");
      Map<String, String> path = Fields.readMap(buffer, "path");
      Map<String, String> single = Fields.readMap(buffer, "query");
      JsonBytes data = JsonBytes.of(Fields.readBytes(buffer, "data"));
      String idempotencyKey = Fields.readOptional(buffer, "idempotencyKey");
      String ifMatch = Fields.readOptional(buffer, "ifMatch");
      String ifNoneMatch = Fields.readOptional(buffer, "ifNoneMatch");
      TraceContext trace = TraceFormat.read(buffer);
      String client = Fields.readOptional(buffer, "client");
      String principal = Fields.readOptional(buffer, "principal");
      BodyStream upload = streams.readOptional(buffer);
      QueryParameters query = QueryFormat.readRepeated(buffer, single);
      return new ServiceRequest(
          correlationId,
          requestId,
          action,
          path,
          query,
          data,
          deadline,
          idempotencyKey,
          Preconditions.of(ifMatch, ifNoneMatch),
          trace,
          client,
          principal,
          upload,
          Fields.readMap(buffer, "headers"),
          replyTo);
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a ServiceRequest", "more bytes");
    }
  }

  /** The head of a request of another version, which is the same in all but the first. */
  UnreadableRequest readHead(ByteBuffer buffer, VersionMismatch problem)
      throws NotSerializableException {
    try {
      return new UnreadableRequest(
          buffer.getLong(), refs.read(Fields.readBytes(buffer, "replyTo")), problem);
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a ServiceRequest", "more bytes");
    }
  }

  /** The head of a large request of another version. */
  UnreadableRequest readLargeHead(ByteBuffer buffer, VersionMismatch problem)
      throws NotSerializableException {
    skipSizeAndSource(buffer);
    return readHead(buffer, problem);
  }

  /** The first version had the address for the reply at the end. */
  UnreadableRequest readFirstVersion(ByteBuffer buffer, VersionMismatch problem)
      throws NotSerializableException {
    try {
      long correlationId = buffer.getLong();
      buffer.getLong();
      Fields.readText(buffer, "requestId");
      Fields.readText(buffer, "action");
      Fields.readMap(buffer, "path");
      Fields.readMap(buffer, "query");
      Fields.readBytes(buffer, "data");
      for (String optional : OPTIONAL_OF_THE_FIRST_VERSION) {
        Fields.readOptional(buffer, optional);
      }
      return new UnreadableRequest(
          correlationId, refs.read(Fields.readBytes(buffer, "replyTo")), problem);
    } catch (BufferUnderflowException e) {
      throw Fields.malformed("a ServiceRequest", "more bytes");
    }
  }

  void write(LargeRequest request, ByteBuffer buffer) {
    buffer.putInt(request.size());
    Fields.writeBytes(buffer, refs.write(request.source().unsafeUpcast()));
    write(request.head(), buffer);
  }

  LargeRequest readLargeRequest(ByteBuffer buffer) throws NotSerializableException {
    int size = size(buffer);
    ActorRef<PartRequest> source = refs.read(Fields.readBytes(buffer, "source")).unsafeUpcast();
    return new LargeRequest(readRequest(buffer), size, source);
  }

  void write(LargeReply reply, ByteBuffer buffer) {
    buffer.putInt(reply.size());
    Fields.writeBytes(buffer, refs.write(reply.source().unsafeUpcast()));
    write(reply.head(), buffer);
  }

  LargeReply readLargeReply(ByteBuffer buffer) throws NotSerializableException {
    int size = size(buffer);
    ActorRef<PartRequest> source = refs.read(Fields.readBytes(buffer, "source")).unsafeUpcast();
    return new LargeReply(readReply(buffer), size, source);
  }

  void write(PartRequest request, ByteBuffer buffer) {
    buffer.putInt(request.offset());
    buffer.putInt(request.length());
    Fields.writeBytes(buffer, refs.write(request.replyTo().unsafeUpcast()));
  }

  PartRequest readPartRequest(ByteBuffer buffer) throws NotSerializableException {
    int offset = size(buffer);
    int length = size(buffer);
    return new PartRequest(
        offset, length, refs.read(Fields.readBytes(buffer, "replyTo")).unsafeUpcast());
  }

  void write(BodyPart part, ByteBuffer buffer) {
    buffer.putInt(part.offset());
    Fields.writeBytes(buffer, part.bytes().bytes());
  }

  BodyPart readPart(ByteBuffer buffer) throws NotSerializableException {
    int offset = size(buffer);
    return new BodyPart(offset, JsonBytes.of(Fields.readBytes(buffer, "bytes")));
  }

  private static int size(ByteBuffer buffer) throws NotSerializableException {
    int size = buffer.getInt();
    if (size < 0) {
      throw Fields.malformed("a size of " + size, "0 or more");
    }
    return size;
  }

  void write(ServiceReply reply, ByteBuffer buffer) {
    buffer.putLong(reply.correlationId());
    Fields.writeText(buffer, reply.requestId());
    Fields.writeText(buffer, reply.status().name());
    Fields.writeBytes(buffer, reply.data().bytes());
    Fields.writeText(buffer, reply.message());
    Fields.writeMap(buffer, reply.headers());
    streams.write(reply.stream(), buffer);
  }

  /** A reply; what cannot be read of it is told to the caller, who would wait for it in vain. */
  ServiceReply readReply(ByteBuffer buffer) throws NotSerializableException {
    long correlationId = correlationId(buffer);
    try {
      return readReply(buffer, correlationId);
    } catch (NotSerializableException e) {
      return unreadable(
          correlationId,
          ReplyStatus.FAILED,
          "a reply that cannot be read came back: " + e.getMessage());
    }
  }

  /** In place of a reply of another version. */
  ServiceReply readUnknownReply(ByteBuffer buffer, VersionMismatch problem)
      throws NotSerializableException {
    return unreadable(
        correlationId(buffer),
        ReplyStatus.VERSION_MISMATCH,
        problem.text("the instance", "its caller"));
  }

  /** In place of a large reply of another version. */
  ServiceReply readUnknownLargeReply(ByteBuffer buffer, VersionMismatch problem)
      throws NotSerializableException {
    skipSizeAndSource(buffer);
    return readUnknownReply(buffer, problem);
  }

  private static void skipSizeAndSource(ByteBuffer buffer) throws NotSerializableException {
    size(buffer);
    Fields.readBytes(buffer, "source");
  }

  private static long correlationId(ByteBuffer buffer) throws NotSerializableException {
    if (buffer.remaining() < Long.BYTES) {
      throw Fields.malformed("a ServiceReply", "more bytes");
    }
    return buffer.getLong();
  }

  private static ServiceReply unreadable(long correlationId, ReplyStatus status, String problem) {
    return new ServiceReply(correlationId, "", status, JsonBytes.EMPTY, problem);
  }

  private ServiceReply readReply(ByteBuffer buffer, long correlationId)
      throws NotSerializableException {
    try {
      return new ServiceReply(
          correlationId,
          Fields.readText(buffer, "requestId"),
          status(Fields.readText(buffer, "status")),
          JsonBytes.of(Fields.readBytes(buffer, "data")),
          Fields.readOptional(buffer, "message"),
          Fields.readMap(buffer, "headers"),
          streams.readOptional(buffer));
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
