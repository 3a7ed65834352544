// The lines of all slots, merged by time: searched on the server, or as they are written.

import { h } from './dom.js';
import { changed, get, live } from './live.js';
import { exact } from './format.js';
import { onNavigate, setQuery } from './navigate.js';

const MOST_LINES = 2000;
const SEARCH_LINES = 500;
const KEYS = ['slot', 'grep', 'regex', 'level', 'request', 'since', 'live'];

let shown = { key: null, lines: [], truncated: 0, failure: null, busy: false, stream: null, waiting: [], paused: false };

export function logs(query) {
  load(query);
  const slots = (live.status?.slots ?? []).map(slot => slot.slot).sort();
  return [
    h('h1', {}, 'Logs'),
    h('form', { class: 'filters', onsubmit: search },
      h('label', {}, 'Slot ', h('select', { name: 'slot', onchange: search },
        h('option', { value: '', selected: !query.get('slot') }, 'all'),
        slots.map(name => h('option', { value: name, selected: name === query.get('slot') }, name)))),
      h('label', {}, 'Level ', h('select', { name: 'level', onchange: search },
        ['', 'ERROR', 'WARN', 'INFO', 'DEBUG'].map(level => h('option', { value: level, selected: level === (query.get('level') ?? '') }, level || 'all')))),
      h('label', {}, 'Text ', h('input', { name: 'grep', type: 'search', value: query.get('grep') ?? '' })),
      h('label', { class: 'check' }, h('input', { name: 'regex', type: 'checkbox', value: '1', checked: query.get('regex') === '1' }), ' expression'),
      h('label', {}, 'Request ', h('input', { name: 'request', type: 'search', value: query.get('request') ?? '' })),
      h('button', { type: 'submit', class: 'primary' }, 'Search'),
      h('button', { type: 'button', 'aria-pressed': query.get('live') === '1' ? 'true' : 'false', onclick: () => setQuery({ live: query.get('live') === '1' ? '' : '1' }) }, 'Live')),
    shown.failure ? h('p', { class: 'banner', role: 'alert' }, shown.failure) : null,
    shown.truncated ? h('p', { class: 'muted' }, `The newest ${shown.truncated} lines when the search ended; there are older ones. Narrow the search to see them.`) : null,
    shown.paused ? h('p', { class: 'muted' }, `Paused, since you scrolled up: ${shown.waiting.length} new lines. `, h('button', { type: 'button', onclick: resume }, 'Go on')) : null,
    shown.lines.length === 0 && !shown.failure
      ? h('p', { class: 'empty' }, shown.busy ? 'Searching …' : 'No such line. Choose another slot or level, or leave the text out.')
      : h('div', { class: 'log', id: 'log', tabindex: 0, role: 'log', 'aria-label': 'Log lines', onscroll: onScroll }, shown.lines.map(line)),
  ];
}

function line(one) {
  return h('div', { class: 'line', 'data-key': one.key, 'data-level': one.level },
    h('time', { datetime: one.at }, one.at ? exact(one.at) : ''), ' ',
    h('a', { href: `/ui/slots/${one.slot}` }, one.slot), ' ',
    h('b', {}, one.level ?? ''), ' ',
    one.request ? [h('a', { href: `/ui/logs?request=${encodeURIComponent(one.request)}` }, one.request), ' '] : null,
    h('span', {}, one.text));
}

function search(event) {
  event.preventDefault();
  const form = new FormData(event.target.closest('form'));
  setQuery(Object.fromEntries(['slot', 'level', 'grep', 'regex', 'request'].map(key => [key, form.get(key) ?? ''])));
}

// Who comes to the page, or asks for the same again, sees the lines of now.
onNavigate(forget);

function forget() {
  shown.stream?.close();
  shown = { ...shown, key: null, stream: null };
}

let number = 0;
function keyed(found) {
  return { ...found, key: `line-${++number}` };
}

function place(line) {
  return `${line.file} ${line.offset} ${line.at}`;
}

async function load(query) {
  const key = KEYS.map(name => query.get(name) ?? '').join('\n');
  if (shown.key === key) {
    return;
  }
  shown.stream?.close();
  shown = { key, lines: [], truncated: 0, failure: null, busy: true, stream: null, waiting: [], paused: false };
  const mine = shown;
  const parameters = new URLSearchParams([...query].filter(([name, value]) => KEYS.includes(name) && name !== 'live' && value));
  if (query.get('live') === '1') {
    follow(mine, parameters);
  }
  parameters.set('limit', SEARCH_LINES);
  try {
    const found = await get(`/logs?${parameters}`);
    // The stream may have told some of them meanwhile.
    const known = new Set(found.lines.map(place));
    mine.lines = [...found.lines.map(keyed), ...mine.lines.filter(one => !known.has(place(one)))];
    mine.truncated = found.truncated ? found.lines.length : 0;
  } catch (failure) {
    mine.failure = failure.message;
  }
  mine.busy = false;
  changed();
  atEnd();
}

function follow(mine, parameters) {
  const stream = new EventSource(`/logs/follow?${parameters}`);
  mine.stream = stream;
  stream.addEventListener('error', event => {
    // Without data it is the connection: the browser tries again, unless it was refused.
    if (event.data || stream.readyState === EventSource.CLOSED) {
      stream.close();
      mine.failure ??= event.data ? JSON.parse(event.data).message : 'New lines cannot be followed now. Press Search to try again.';
      changed();
    } else {
      // Lines of the time between are found by a search.
      stream.onopen = () => {
        forget();
        changed();
      };
    }
  });
  stream.addEventListener('line', event => {
    (mine.paused ? mine.waiting : mine.lines).push(keyed(JSON.parse(event.data)));
    const list = mine.paused ? mine.waiting : mine.lines;
    list.splice(0, Math.max(0, list.length - MOST_LINES));
    changed();
    if (!mine.paused) {
      atEnd();
    }
  });
}

function atEnd() {
  setTimeout(() => {
    const log = document.getElementById('log');
    if (log && !shown.paused) {
      log.scrollTop = log.scrollHeight;
    }
  }, 100);
}

function onScroll(event) {
  const log = event.currentTarget;
  const paused = shown.stream !== null && log.scrollHeight - log.scrollTop - log.clientHeight > 40;
  if (paused !== shown.paused) {
    if (paused) {
      shown.paused = true;
      changed();
    } else {
      resume();
    }
  }
}

function resume() {
  shown.lines = [...shown.lines, ...shown.waiting].slice(-MOST_LINES);
  shown.waiting = [];
  shown.paused = false;
  changed();
  atEnd();
}
