// The journal as a timeline.

import { h, lazy } from './dom.js';
import { live } from './live.js';
import { time } from './format.js';
import { setQuery } from './navigate.js';
import { choice } from './parts.js';

const MOST_SHOWN = 500;

export function events(query) {
  const slots = [...new Set(live.events.map(event => event.slot).filter(Boolean))].sort();
  const kinds = [...new Set(live.events.map(event => event.kind))].sort();
  const wanted = live.events.filter(event =>
    (!query.get('slot') || event.slot === query.get('slot')) && (!query.get('kind') || event.kind === query.get('kind')));
  const shown = wanted.slice(-MOST_SHOWN).reverse();
  return [
    h('h1', {}, 'Events'),
    h('form', { class: 'filters', onsubmit: event => event.preventDefault() },
      choice('slot', 'Slot', slots, query.get('slot') ?? '', choose), choice('kind', 'Kind', kinds, query.get('kind') ?? '', choose)),
    shown.length === 0
      ? h('p', { class: 'empty' }, 'No such event. Choose another slot or kind, or see all in a terminal: bin/troupe events')
      : h('ol', { class: 'timeline' }, shown.map(entry)),
    wanted.length > MOST_SHOWN ? h('p', { class: 'muted' }, `The newest ${MOST_SHOWN} of ${wanted.length}. All of them: bin/troupe events --lines ${wanted.length}`) : null,
  ];
}

function choose(event) {
  setQuery({ [event.target.name]: event.target.value });
}

function entry(event) {
  return lazy(event.position, [event], () => h('li', { 'data-key': event.position, 'data-kind': event.kind },
    h('time', { datetime: event.at }, time(event.at)),
    h('b', {}, event.kind),
    event.slot ? h('a', { href: `/ui/slots/${event.slot}` }, event.slot) : h('span', {}, '–'),
    h('span', { class: 'words' },
      [event.pid ? `pid ${event.pid}` : null, event.signal ?? (event.exit_code ?? null) !== null ? event.signal ?? `exit code ${event.exit_code}` : null,
        event.reason, event.by ? `by ${event.by}` : null].filter(Boolean).join(' · '))));
}
