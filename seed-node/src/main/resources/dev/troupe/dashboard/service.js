// A service: its instances, and each node that calls it.

import { h } from './dom.js';
import { live, resource } from './live.js';
import { bytes, rate, span } from './format.js';
import { roll, scale } from './actions.js';
import { cell, state } from './overview.js';

export function service(name) {
  const { value, failure } = resource(`/services/${encodeURIComponent(name)}`);
  if (!value) {
    return [h('h1', {}, name), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  const slots = (live.status?.slots ?? []).filter(slot => slot.service === name);
  const figures = live.figures?.services?.[name];
  const isGateway = name === 'gateway';
  return [
    h('h1', {}, name),
    h('div', { class: 'buttons' },
      isGateway ? null : h('button', { type: 'button', onclick: () => scale(name, slots.length + 1) }, 'One more instance'),
      isGateway ? null : h('button', { type: 'button', disabled: slots.length === 0, onclick: () => scale(name, slots.length - 1) }, 'One less'),
      h('button', { type: 'button', disabled: slots.length === 0 || (isGateway && slots.length < 2), onclick: () => roll(name) }, 'Replace all')),
    h('dl', { class: 'facts' },
      fact('Requests', value.requests), fact('Errors', value.errors),
      fact('Requests/s', figures ? rate(figures.requests_per_second) : '–'),
      fact('Errors/s', figures ? rate(figures.errors_per_second) : '–')),
    h('h2', {}, 'Instances'),
    value.instances.length === 0
      ? h('p', { class: 'empty' }, 'No instance is registered. The slots on the overview say why.')
      : h('table', { 'aria-label': 'Instances' },
        h('thead', {}, h('tr', {}, ['State', 'Slot', 'Generation', 'Version', 'In flight', 'Heap', 'Heartbeat', 'Reason'].map(title => h('th', { scope: 'col' }, title)))),
        h('tbody', {}, value.instances.map(instance => h('tr', { 'data-key': instance.slot },
          cell('State', state(instance.state.toLowerCase())),
          cell('Slot', h('a', { href: `/ui/slots/${instance.slot}` }, instance.slot)),
          cell('Generation', instance.generation),
          cell('Version', instance.version),
          cell('In flight', instance.in_flight),
          cell('Heap', bytes(instance.heap_bytes)),
          cell('Heartbeat', `${span(instance.heartbeat_age_millis)} ago`),
          h('td', { 'data-label': 'Reason', class: 'reason' }, instance.reason ?? ''))))),
    h('h2', {}, 'Callers'),
    value.callers.length === 0
      ? h('p', { class: 'empty' }, 'No node has called this service yet.')
      : h('table', { 'aria-label': 'Callers' },
        h('thead', {}, h('tr', {}, ['Node', 'Breaker', 'In progress', 'Waiting', 'Timed out', 'Retried', 'Refused'].map(title => h('th', { scope: 'col' }, title)))),
        h('tbody', {}, value.callers.map(caller))),
  ];
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

function fact(label, value) {
  return h('div', {}, h('dt', {}, label), h('dd', {}, value));
}
