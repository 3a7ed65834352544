package dev.troupe.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.Action;
import dev.troupe.protocol.service.CallContext;
import dev.troupe.protocol.service.Download;
import dev.troupe.protocol.service.EventStream;
import dev.troupe.protocol.service.OutcomeStage;
import dev.troupe.protocol.service.ServerSentEvent;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies that are streams, in the JVM of a test. */
final class StreamsTest {
  private static final int LENGTH = 1_000_000;

  private static final class Reports implements Service {
    record Find(String name) {}

    record All() {}

    private static final Action<All, Download> OTHER =
        Action.get("other", "/other", All.class, Download.class);

    @Override
    public ServiceDefinition define(ServiceContext context) {
      return ServiceDefinition.named("Reports")
          .get(
              "get_report",
              "/reports/{name}",
              Find.class,
              Download.class,
              find -> Download.of("text/csv", () -> open(find.name())).named(find.name()))
          .get(
              "count",
              "/counts",
              All.class,
              EventStream.class,
              all ->
                  EventStream.of(
                      IntStream.rangeClosed(1, 3)
                          .mapToObj(n -> ServerSentEvent.of("n" + n).withId("" + n))
                          .toList()))
          .get("news", "/news", All.class, EventStream.class, all -> EventStream.of(news()))
          .get("relay", "/relay", All.class, All.class, (all, call) -> relay(context, call))
          .build();
    }

    private static InputStream open(String name) throws IOException {
      if (name.equals("none")) {
        throw new FileNotFoundException(name);
      }
      return new ByteArrayInputStream("x".repeat(LENGTH).getBytes(US_ASCII));
    }

    // Publishes when it has a subscriber, and ends.
    private static SubmissionPublisher<ServerSentEvent> news() {
      return new SubmissionPublisher<>() {
        @Override
        public void subscribe(Flow.Subscriber<? super ServerSentEvent> subscriber) {
          super.subscribe(subscriber);
          submit(ServerSentEvent.of("new"));
          close();
        }
      };
    }

    private static OutcomeStage<All> relay(ServiceContext context, CallContext call) {
      return context.call("Others", OTHER, new All(), call).map(download -> new All());
    }
  }

  private final TroupeTest reports = TroupeTest.of(new Reports());

  @AfterEach
  void stop() {
    reports.close();
  }

  @Test
  void aDownloadHasItsBytesItsTypeAndItsName() {
    TestResponse report = reports.get("/reports/may.csv").expect(200);

    assertThat(report.bytes()).hasSize(LENGTH);
    assertThat(report.header("Content-Type")).contains("text/csv");
    assertThat(report.header("Content-Disposition")).contains("attachment; filename=\"may.csv\"");
  }

  @Test
  void aSourceThatCannotBeOpenedIsAFailureOfTheService() {
    assertThat(reports.get("/reports/none").expect(500).message())
        .contains("the stream failed in Reports-1");
  }

  @Test
  void eventsArriveInTheirOrder() {
    TestResponse events = reports.get("/counts").expect(200);

    assertThat(events.header("Content-Type")).contains("text/event-stream");
    assertThat(events.text())
        .isEqualTo(":\n\nid: 1\ndata: n1\n\nid: 2\ndata: n2\n\nid: 3\ndata: n3\n\n");
    assertThat(reports.get("/news").expect(200).text()).isEqualTo(":\n\ndata: new\n\n");
  }

  @Test
  void anotherServiceCannotReadAStream() {
    // The log has the reason.
    reports.get("/relay").expect(500);
  }
}
