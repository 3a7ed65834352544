package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * How the living are told from the hung.
 *
 * @param checkInterval how often a service checks itself and the supervisor looks at heartbeats
 * @param heartbeatTimeout a process silent this long is dumped, stopped and relaunched
 * @param suspectAfter an instance silent this long gets no new requests until it is heard again
 */
public record HealthSettings(
    Duration checkInterval, Duration heartbeatTimeout, Duration suspectAfter) {
  static HealthSettings read(Section section) {
    return Section.finish(
        section,
        s ->
            new HealthSettings(
                s.duration("check-interval", Limits.MILLISECOND, Limits.HOUR),
                s.duration("heartbeat-timeout", Limits.SECOND, Limits.HOUR),
                s.duration("suspect-after", Limits.SECOND, Limits.HOUR)));
  }
}
