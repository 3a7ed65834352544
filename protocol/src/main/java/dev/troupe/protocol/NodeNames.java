package dev.troupe.protocol;

/** What nodes that host no service are called, where others have the name of their service. */
public final class NodeNames {
  public static final String SEED = "seed";
  public static final String GATEWAY = "gateway";

  private NodeNames() {}
}
