package dev.troupe.node.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits that a server sets to its clients.
 *
 * @param maxConnections connections that may be open at a time
 * @param maxPerAddress connections that one address may have open at a time
 * @param maxPipelined pipelined requests, of all connections together, that may be processed at a
 *     time; a request is pipelined when its client sent it before it had the reply to the one
 *     before
 * @param maxHeadBytes size of the request line and headers of one request together
 * @param maxRequestBytes size of the bodies of all requests together that are being read or
 *     processed
 * @param bodyWait how long a request waits until there is room for its body; then it is refused
 * @param maxUnreadReplyBytes size of all large replies together that clients have not read yet
 * @param headTimeout from the first byte of a request to the end of its headers
 * @param writeTimeout how long a client may read nothing of a reply
 * @param idleTimeout how long a connection may be open without a request
 */
public record ConnectionLimits(
    int maxConnections,
    int maxPerAddress,
    int maxPipelined,
    int maxHeadBytes,
    long maxRequestBytes,
    Duration bodyWait,
    long maxUnreadReplyBytes,
    Duration headTimeout,
    Duration writeTimeout,
    Duration idleTimeout) {

  private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);

  /**
   * The same limits, but no more connections than this process may open files. Warns when they are
   * fewer.
   *
   * @param name of the server, for the warning
   */
  ConnectionLimits cappedBy(OpenFiles files, String name) {
    int connections = files.connections();
    if (connections >= maxConnections) {
      return this;
    }
    log.warn(
        "[{}] accepts {} connections at a time instead of {}: this process may open {} files"
            + " (ulimit -n) and already has {} open. Raise the limit, or lower max-connections",
        name,
        connections,
        maxConnections,
        files.max(),
        files.open());
    return new ConnectionLimits(
        connections,
        Math.min(maxPerAddress, connections),
        maxPipelined,
        maxHeadBytes,
        maxRequestBytes,
        bodyWait,
        maxUnreadReplyBytes,
        headTimeout,
        writeTimeout,
        idleTimeout);
  }
}
