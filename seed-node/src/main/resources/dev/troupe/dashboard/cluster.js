// The members of the cluster as the seed node sees them.

import { h } from './dom.js';
import { resource } from './live.js';
import { span } from './format.js';
import { cell, state, table } from './parts.js';

export function cluster() {
  const { value, failure } = resource('/cluster');
  if (!value) {
    return [h('h1', {}, 'Cluster'), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  return [
    h('h1', {}, 'Cluster'),
    value.synced ? null : h('p', { class: 'muted' }, 'The seed node has not read yet what the other nodes know.'),
    table('Members', ['Reachable', 'Slot', 'Address', 'Status', 'Age', 'Heartbeat', 'Role'], value.members.map(member)),
  ];
}

function member(one) {
  return h('tr', { 'data-key': one.address },
    cell('Reachable', state(one.reachable ? 'reachable' : 'unreachable')),
    cell('Slot', one.slot ? h('a', { href: `/ui/slots/${one.slot}` }, one.slot) : '–'),
    cell('Address', one.address),
    cell('Status', one.status),
    cell('Age', one.age),
    cell('Heartbeat', one.heartbeat_age_millis === undefined || one.heartbeat_age_millis === null ? '–' : `${span(one.heartbeat_age_millis)} ago`),
    cell('Role', [...one.roles, one.leader ? 'leader' : null, one.self ? 'this node' : null].filter(Boolean).join(', ')));
}
