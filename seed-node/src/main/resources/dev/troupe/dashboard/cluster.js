// The members of the cluster as the seed node sees them.

import { h } from './dom.js';
import { resource } from './live.js';
import { span } from './format.js';
import { cell, state } from './overview.js';

export function cluster() {
  const { value, failure } = resource('/cluster');
  if (!value) {
    return [h('h1', {}, 'Cluster'), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  return [
    h('h1', {}, 'Cluster'),
    value.synced ? null : h('p', { class: 'muted' }, 'The seed node has not read yet what the other nodes know.'),
    h('table', { 'aria-label': 'Members' },
      h('thead', {}, h('tr', {}, ['Reachable', 'Slot', 'Address', 'Status', 'Age', 'Heartbeat', 'Role'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, value.members.map(member => h('tr', { 'data-key': member.address },
        cell('Reachable', state(member.reachable ? 'reachable' : 'unreachable')),
        cell('Slot', member.slot ? h('a', { href: `/ui/slots/${member.slot}` }, member.slot) : '–'),
        cell('Address', member.address),
        cell('Status', member.status),
        cell('Age', member.age),
        cell('Heartbeat', member.heartbeat_age_millis === undefined || member.heartbeat_age_millis === null ? '–' : `${span(member.heartbeat_age_millis)} ago`),
        cell('Role', [...member.roles, member.leader ? 'leader' : null, member.self ? 'this node' : null].filter(Boolean).join(', ')))))),
  ];
}
