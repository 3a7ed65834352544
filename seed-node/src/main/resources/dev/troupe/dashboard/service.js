// A service: its instances, and each node that calls it.

import { h } from './dom.js';
import { live, resource } from './live.js';
import { bytes, rate, span } from './format.js';
import { cell, commands, fact, reason, state, table } from './parts.js';

export function service(name) {
  const { value, failure } = resource(`/services/${encodeURIComponent(name)}`);
  if (!value) {
    return [h('h1', {}, name), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  const count = (live.status?.slots ?? []).filter(slot => slot.service === name).length;
  const figures = live.figures?.services?.[name];
  return [
    h('h1', {}, name),
    commands(name, count, true),
    h('dl', { class: 'facts' },
      fact('Requests', value.requests), fact('Errors', value.errors),
      fact('Requests/s', figures ? rate(figures.requests_per_second) : '–'),
      fact('Errors/s', figures ? rate(figures.errors_per_second) : '–')),
    h('h2', {}, 'Instances'),
    value.instances.length === 0
      ? h('p', { class: 'empty' }, 'No instance is registered. The slots on the overview say why.')
      : table('Instances', ['State', 'Slot', 'Generation', 'Version', 'In flight', 'Heap', 'Heartbeat', 'Reason'], value.instances.map(instance)),
    h('h2', {}, 'Callers'),
    value.callers.length === 0
      ? h('p', { class: 'empty' }, 'No node has called this service yet.')
      : table('Callers', ['Node', 'Breaker', 'In progress', 'Waiting', 'Timed out', 'Retried', 'Refused'], value.callers.map(caller)),
  ];
}

function instance(one) {
  return h('tr', { 'data-key': one.slot },
    cell('State', state(one.state.toLowerCase())),
    cell('Slot', h('a', { href: `/ui/slots/${one.slot}` }, one.slot)),
    cell('Generation', one.generation),
    cell('Version', one.version),
    cell('In flight', one.in_flight),
    cell('Heap', bytes(one.heap_bytes)),
    cell('Heartbeat', `${span(one.heartbeat_age_millis)} ago`),
    reason(one.reason));
}

function caller(one) {
  const refused = one.waiting_room.overflowed + one.bulkhead.refused + one.circuit_breaker.refused + one.retry_budget.refused;
  return h('tr', { 'data-key': one.slot },
    cell('Node', h('a', { href: `/ui/slots/${one.slot}` }, one.slot)),
    cell('Breaker', h('span', { class: 'state', 'data-state': one.circuit_breaker.state === 'closed' ? 'running' : 'failed' }, one.circuit_breaker.state)),
    cell('In progress', `${one.bulkhead.calls} of ${one.bulkhead.max_calls}`),
    cell('Waiting', one.waiting_room.requests),
    cell('Timed out', one.timeout.reached),
    cell('Retried', `${one.retry_budget.retries} (${one.retry_budget.left} left)`),
    cell('Refused', refused));
}
