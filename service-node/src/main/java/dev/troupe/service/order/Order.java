package dev.troupe.service.order;

/**
 * An order as clients see one.
 *
 * @param version another number after each change
 */
record Order(
    long id, long userId, String product, int quantity, OrderStatus status, long version) {}
