package dev.troupe.node.call;

/** The beginning or end of a time in which this node refuses calls, for the log and the reports. */
sealed interface CallTransition {
  /** Calls of a service, or of one of its actions, are refused from now on. */
  record Refusing(Refusal refusal) implements CallTransition {}

  /** The circuit breaker of a service has closed. */
  record ServiceResumed(String service) implements CallTransition {}

  /** The suspension of an action has ended. */
  record ActionResumed(String service, String action) implements CallTransition {}
}
