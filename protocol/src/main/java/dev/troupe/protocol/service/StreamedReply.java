package dev.troupe.protocol.service;

import dev.troupe.protocol.call.ServiceReply;

/**
 * What a service gives its host in place of a reply whose body is a stream. It never leaves the
 * process.
 *
 * @param head the reply without its body
 */
public record StreamedReply(ServiceReply head, StreamedOutput body) {}
