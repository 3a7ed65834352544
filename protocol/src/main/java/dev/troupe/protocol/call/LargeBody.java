package dev.troupe.protocol.call;

/** When a body is sent in parts. */
public final class LargeBody {
  /**
   * The largest body that is sent in one message, in bytes: with all else of the message far below
   * the largest frame of the nodes.
   */
  public static final int LARGEST_AT_ONCE = 1 << 20;

  /** Of each part but the last, in bytes. */
  public static final int PART = 1 << 19;

  private LargeBody() {}
}
