// The lines of all slots, merged by time: searched on the server, or as they are written.

import { h, lazy } from './dom.js';
import { changed, get, live } from './live.js';
import { exact } from './format.js';
import { onNavigate, setQuery } from './navigate.js';
import { choice } from './parts.js';

const MOST_LINES = 2000;
const SEARCH_LINES = 500;
const BLOCK_LINES = 50;
const KEYS = ['slot', 'grep', 'regex', 'level', 'request', 'since', 'live'];

let shown = { key: null, lines: [], truncated: 0, failure: null, busy: false, stream: null, waiting: [], paused: false };

export function logs(query) {
  load(query);
  if (!shown.paused) {
    requestAnimationFrame(toEnd);
  }
  const slots = (live.status?.slots ?? []).map(slot => slot.slot).sort();
  return [
    h('h1', {}, 'Logs'),
    h('form', { class: 'filters', onsubmit: search },
      choice('slot', 'Slot', slots, query.get('slot') ?? '', search),
      choice('level', 'Level', ['ERROR', 'WARN', 'INFO', 'DEBUG'], query.get('level') ?? '', search),
      h('label', {}, 'Text ', h('input', { name: 'grep', type: 'search', value: query.get('grep') ?? '' })),
      h('label', { class: 'check' }, h('input', { name: 'regex', type: 'checkbox', value: '1', checked: query.get('regex') === '1' }), ' expression'),
      h('label', {}, 'Request ', h('input', { name: 'request', type: 'search', value: query.get('request') ?? '' })),
      h('button', { type: 'submit', class: 'primary' }, 'Search'),
      h('button', { type: 'button', 'aria-pressed': query.get('live') === '1' ? 'true' : 'false', onclick: () => setQuery({ live: query.get('live') === '1' ? '' : '1' }) }, 'Live')),
    shown.failure ? h('p', { class: 'banner', role: 'alert' }, shown.failure) : null,
    shown.truncated ? h('p', { class: 'muted' }, `The newest ${shown.truncated} lines when the search ended; there are older ones. Narrow the search to see them.`) : null,
    shown.paused && shown.stream ? h('p', { class: 'muted' }, `Paused, since you scrolled up: ${shown.waiting.length} new lines. `, h('button', { type: 'button', onclick: resume }, 'Go on')) : null,
    shown.lines.length === 0 && !shown.failure
      ? h('p', { class: 'empty' }, shown.busy ? 'Searching …' : 'No such line. Choose another slot or level, or leave the text out.')
      : h('div', { class: 'log', id: 'log', tabindex: 0, role: 'log', 'aria-label': 'Log lines', 'data-paused': shown.paused, onscroll: onScroll, onwheel: onWheel, onkeydown: onKey }, blocks(shown.lines)),
  ];
}

let number = 0;

/** The description of a line, which never changes. Those that follow each other have keys that do. */
function line(one) {
  const made = h('div', { class: 'line', 'data-level': one.level },
    h('time', { datetime: one.at }, one.at ? exact(one.at) : ''), ' ',
    h('a', { href: `/ui/slots/${one.slot}` }, one.slot), ' ',
    h('b', {}, one.level ?? ''), ' ',
    one.request ? [h('a', { href: `/ui/logs?request=${encodeURIComponent(one.request)}` }, one.request), ' '] : null,
    h('span', {}, one.text));
  return { ...made, key: ++number, source: one };
}

function place({ file, offset, at }) {
  return `${file} ${offset} ${at}`;
}

/** The lines in blocks, of which those out of sight cost nothing. */
function blocks(lines) {
  const all = [];
  for (const one of lines) {
    const key = Math.floor(one.key / BLOCK_LINES);
    if (all.at(-1)?.key !== key) {
      all.push({ key, lines: [] });
    }
    all.at(-1).lines.push(one);
  }
  return all.map(({ key, lines: own }) => lazy(key, [own[0], own.at(-1), own.length], () => h('div', { class: 'lines' }, own)));
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
    const told = mine.lines.map(one => one.source).filter(one => !known.has(place(one)));
    mine.lines = [...found.lines, ...told].map(line);
    mine.truncated = found.truncated ? found.lines.length : 0;
  } catch (failure) {
    mine.failure = failure.message;
  }
  mine.busy = false;
  changed();
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
    const list = mine.paused ? mine.waiting : mine.lines;
    list.push(line(JSON.parse(event.data)));
    list.splice(0, Math.max(0, list.length - MOST_LINES));
    changed();
  });
}

let last = { top: 0, height: 0 };

function remember(log) {
  last = { top: log.scrollTop, height: log.scrollHeight };
}

// The heights of lines are known when they are seen, so that one step may lead to another.
function toEnd() {
  const log = document.getElementById('log');
  if (log && !shown.paused && log.scrollHeight - log.scrollTop - log.clientHeight > 1) {
    log.scrollTop = log.scrollHeight;
    remember(log);
    requestAnimationFrame(toEnd);
  }
}

function onScroll(event) {
  const log = event.currentTarget;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= 40;
  const down = log.scrollTop > last.top;
  // Lines that come and go move the place too, which is no wish to stop.
  const up = log.scrollTop < last.top && log.scrollHeight === last.height;
  remember(log);
  if (atEnd && down && shown.paused) {
    resume();
  } else if (!atEnd && up) {
    pause();
  }
}

function onWheel(event) {
  if (event.deltaY < 0 && event.currentTarget.scrollTop > 0) {
    pause();
  }
}

function onKey(event) {
  if (['ArrowUp', 'PageUp', 'Home'].includes(event.key) && event.currentTarget.scrollTop > 0) {
    pause();
  }
}

function pause() {
  if (!shown.paused) {
    shown.paused = true;
    changed();
  }
}

function resume() {
  shown.lines = [...shown.lines, ...shown.waiting].slice(-MOST_LINES);
  shown.waiting = [];
  shown.paused = false;
  changed();
}
