package dev.troupe.node.http;

import java.time.Duration;

/**
 * What the clients of a server may take of it.
 *
 * @param maxConnections open at a time
 * @param maxPerAddress of them, from one address
 * @param maxHeadBytes request line and headers of one request together
 * @param maxBodyBytes bodies of all requests together that are being read or worked on
 * @param bodyWait how long a body waits for room before its request is refused
 * @param maxReplyBytes large replies together that clients have not read yet
 * @param headTimeout from the first byte of a request to the end of its headers
 * @param writeTimeout how long a client may take nothing of a reply
 * @param idleTimeout how long a connection may be open without a request
 */
public record ConnectionLimits(
    int maxConnections,
    int maxPerAddress,
    int maxHeadBytes,
    long maxBodyBytes,
    Duration bodyWait,
    long maxReplyBytes,
    Duration headTimeout,
    Duration writeTimeout,
    Duration idleTimeout) {

  /** The same with no more connections than this process may open files. */
  public ConnectionLimits fitted(int connections) {
    return new ConnectionLimits(
        Math.min(maxConnections, connections),
        Math.min(maxPerAddress, connections),
        maxHeadBytes,
        maxBodyBytes,
        bodyWait,
        maxReplyBytes,
        headTimeout,
        writeTimeout,
        idleTimeout);
  }
}
