package dev.troupe.node.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the clients of a server may take of it.
 *
 * @param maxConnections open at a time
 * @param maxPerAddress of them, from one address
 * @param maxPipelined requests that were sent before the answer to the one before and are worked on
 *     at a time
 * @param maxHeadBytes request line and headers of one request together
 * @param maxRequestBytes bodies of all requests together that are being read or worked on
 * @param bodyWait how long a body waits for room before its request is refused
 * @param maxUnreadReplyBytes large replies together that clients have not read yet
 * @param headTimeout from the first byte of a request to the end of its headers
 * @param writeTimeout how long a client may take nothing of a reply
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
   * The same with no more connections than this process may open files.
   *
   * @param name of the server, for the warning when there are fewer
   */
  ConnectionLimits fitted(String name, OpenFiles files) {
    int connections = files.connections();
    if (connections >= maxConnections) {
      return this;
    }
    log.warn(
        "[{}] takes {} connections at a time instead of {}: this process may open {} files (ulimit"
            + " -n) and has {} open already. Raise the limit, or lower max-connections",
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
