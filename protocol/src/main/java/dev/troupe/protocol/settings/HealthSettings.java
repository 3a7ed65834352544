package dev.troupe.protocol.settings;

import java.time.Duration;

/**
 * When a process counts as silent or hung.
 *
 * @param checkInterval how often a service checks itself and the supervisor looks at heartbeats
 * @param heartbeatTimeout after this silence the supervisor dumps the threads of a process, stops
 *     it and relaunches it
 * @param suspectAfter after this silence an instance gets no new requests until its next heartbeat
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
