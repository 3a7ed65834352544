package dev.troupe.seed.export;

import dev.troupe.protocol.NodeNames;
import dev.troupe.protocol.control.SpanLine;
import dev.troupe.protocol.control.TraceReport;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A span of a kept trace as the OpenTelemetry SDK exports it. */
final class ExportedSpan implements SpanData {
  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("troupe");
  private static final Set<String> FINE = Set.of("ok", "declined");

  private final SpanLine line;
  private final SpanContext context;
  private final SpanContext parent;
  private final long startNanos;
  private final Attributes attributes;
  private final Resource resource;

  private ExportedSpan(TraceReport trace, SpanLine line) {
    this.line = line;
    this.context = context(trace, line.id());
    this.parent = line.parent() == null ? SpanContext.getInvalid() : context(trace, line.parent());
    long startMicros =
        ChronoUnit.MICROS.between(Instant.EPOCH, trace.summary().startedAt()) + line.startMicros();
    this.startNanos = TimeUnit.MICROSECONDS.toNanos(startMicros);
    this.attributes = attributes(trace, line);
    this.resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", NodeNames.serviceOf(line.slot()))
                .put("service.instance.id", line.slot() + "/" + line.generation())
                .build());
  }

  /** The spans of a trace. */
  static List<SpanData> of(TraceReport trace) {
    return trace.spans().stream().<SpanData>map(line -> new ExportedSpan(trace, line)).toList();
  }

  private static SpanContext context(TraceReport trace, String id) {
    return SpanContext.create(
        trace.summary().traceId(), id, TraceFlags.getSampled(), TraceState.getDefault());
  }

  private static Attributes attributes(TraceReport trace, SpanLine line) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("troupe.kind", line.kind())
            .put("troupe.end", line.end())
            .put("troupe.slot", line.slot());
    if (line.kind().equals("request") && trace.summary().requestId() != null) {
      attributes.put("troupe.request_id", trace.summary().requestId());
      attributes.put("troupe.kept", String.join(",", trace.summary().reasons()));
    }
    if (line.status() != null) {
      attributes.put("http.response.status_code", line.status().longValue());
    }
    if (line.peer() != null) {
      attributes.put("troupe.peer", line.peer());
    }
    return attributes.build();
  }

  @Override
  public String getName() {
    return line.kind().equals("store") ? "store " + line.name() : line.name();
  }

  @Override
  public SpanKind getKind() {
    return switch (line.kind()) {
      case "request", "action" -> SpanKind.SERVER;
      case "attempt" -> SpanKind.CLIENT;
      case "event" -> SpanKind.CONSUMER;
      default -> SpanKind.INTERNAL;
    };
  }

  @Override
  public SpanContext getSpanContext() {
    return context;
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parent;
  }

  @Override
  public StatusData getStatus() {
    if (line.cause() != null) {
      return StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, line.cause());
    }
    return FINE.contains(line.end()) ? StatusData.unset() : StatusData.error();
  }

  @Override
  public long getStartEpochNanos() {
    return startNanos;
  }

  @Override
  public long getEndEpochNanos() {
    return startNanos + TimeUnit.MICROSECONDS.toNanos(line.durationMicros());
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface demands it, and the SDK asks for the scope
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(SCOPE.getName(), null);
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public Resource getResource() {
    return resource;
  }
}
