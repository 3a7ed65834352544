package dev.troupe.protocol;

/** What a node answers to a query that the seed node has sent to several nodes. */
public interface NodeReport extends WireMessage {
  /** The number of the query, so that a late answer is recognisable. */
  long query();

  /** The version of the layout; a reader that does not know it ignores the report. */
  int version();

  /** The slot of the node. */
  String slot();
}
