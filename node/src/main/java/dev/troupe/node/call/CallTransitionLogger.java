package dev.troupe.node.call;

import org.slf4j.Logger;

/** Tells operators when calls of a service or an action begin to be refused, and when they end. */
final class CallTransitionLogger {
  private CallTransitionLogger() {}

  static void log(Logger log, CallTransition transition) {
    if (transition instanceof CallTransition.Refusing refusing) {
      log.warn("{}", refusing.refusal().why());
    } else if (transition instanceof CallTransition.ActionResumed resumed) {
      log.info(
          "[{}] {} is called again: an instance answered it", resumed.service(), resumed.action());
    } else if (transition instanceof CallTransition.ServiceResumed resumed) {
      log.info("[{}] is asked again (circuit breaker closed)", resumed.service());
    }
  }
}
