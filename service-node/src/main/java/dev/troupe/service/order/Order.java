package dev.troupe.service.order;

/**
 * An order as clients see one.
 *
 * @param status {@code created}, and no other so far
 */
record Order(long id, long userId, String product, int quantity, String status) {}
