package dev.troupe.node.registry;

import dev.troupe.protocol.service.ServiceDescriptor;

/**
 * A service some instance of which was ever started in this cluster.
 *
 * @param requests answered by all its instances since the cluster was started, the dead included
 * @param errors those of them that were the service's own fault
 */
public record ServiceView(ServiceDescriptor descriptor, long requests, long errors) {}
