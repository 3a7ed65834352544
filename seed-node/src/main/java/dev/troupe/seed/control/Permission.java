package dev.troupe.seed.control;

/** What a caller of the management API must be allowed to do. */
enum Permission {
  /** Nothing: everybody may ask. */
  NONE,
  /** To see everything. */
  READ,
  /** To change what runs. */
  OPERATE
}
