package dev.troupe.node.registry;

import dev.troupe.protocol.service.ServiceDescriptor;

/**
 * A service of which at least one instance has ever been started in this cluster.
 *
 * @param requests answered by all its instances, dead ones included, since the cluster was started
 * @param errors those of the requests that failed by the service's own fault
 */
public record ServiceView(ServiceDescriptor descriptor, long requests, long errors) {}
