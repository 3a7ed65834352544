// What the page knows of the cluster: one stream of events per tab.

const listeners = new Set();
const MOST_EVENTS = 2000;

/** The newest state. `connected` is null until the first connection. */
export const live = { connected: null, session: true, status: null, figures: null, events: [], since: 0 };

/** Runs `listener` after each change, at most once for each frame that is painted. */
export function onChange(listener) {
  listeners.add(listener);
}

let painting = false;
export function changed() {
  if (!painting) {
    painting = true;
    // A tab in the background is not painted, and changes its title all the same.
    setTimeout(() => {
      painting = false;
      listeners.forEach(listener => listener());
    }, 50);
  }
}

export function connect() {
  const stream = new EventSource('/stream');
  stream.addEventListener('open', () => {
    live.connected = true;
    live.session = true;
    loadEvents();
    changed();
  });
  stream.addEventListener('status', event => {
    live.status = JSON.parse(event.data);
    changed();
  });
  stream.addEventListener('figures', event => {
    live.figures = JSON.parse(event.data);
    changed();
  });
  stream.addEventListener('event', event => {
    live.events = joined(live.events, [{ ...JSON.parse(event.data), position: event.lastEventId }]);
    changed();
  });
  stream.addEventListener('error', () => {
    if (live.connected !== false) {
      live.connected = false;
      live.since = Date.now();
    }
    stream.close();
    setTimeout(reconnect, 1000);
    changed();
  });
}

async function reconnect() {
  try {
    const response = await fetch('/status');
    live.session = response.status !== 401;
    if (!live.session) {
      changed();
      return;
    }
  } catch {
    // Nobody answers yet.
  }
  connect();
}

async function loadEvents() {
  try {
    const loaded = positioned((await get('/events?limit=1000')).events);
    // The stream has told newer ones meanwhile.
    const newest = loaded.length === 0 ? 0 : Date.parse(loaded.at(-1).at);
    live.events = joined(loaded, live.events.filter(event => Date.parse(event.at) >= newest));
    changed();
  } catch {
    // The stream tells by itself that the connection is gone.
  }
}

/** The events with their positions in the journal, as the ids of the stream name them. */
function positioned(events) {
  let at = null;
  let number = 0;
  return events.map(event => {
    number = event.at === at ? number + 1 : 1;
    at = event.at;
    return { ...event, position: `${at}_${number}` };
  });
}

/** `events`, and those of `more` that are not among them. */
function joined(events, more) {
  const known = new Set(events.map(event => event.position));
  return [...events, ...more.filter(event => !known.has(event.position))].slice(-MOST_EVENTS);
}

/** The answer of the seed node as an object; throws an error with its message. */
export async function get(path) {
  return read(await fetch(path));
}

export async function post(path) {
  return read(await fetch(path, { method: 'POST' }));
}

export async function postJson(path, body) {
  return read(await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));
}

async function read(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Error(`the seed node answered ${response.status}`);
  }
  if (!response.ok) {
    throw new Error(body.message ?? `the seed node answered ${response.status}`);
  }
  return body;
}

const resources = new Map();
const FORGOTTEN_MILLIS = 60_000;

/** What `path` answers, asked again every few seconds for as long as a page shows it. */
export function resource(path, millis = 3000) {
  const known = resources.get(path) ?? { value: null, failure: null, at: 0, busy: false };
  resources.set(path, known);
  known.used = Date.now();
  forgetUnused();
  if (!known.busy && Date.now() - known.at >= millis) {
    known.busy = true;
    get(path).then(
      value => Object.assign(known, { value, failure: null }),
      failure => Object.assign(known, { failure: failure.message }),
    ).finally(() => {
      Object.assign(known, { at: Date.now(), busy: false });
      changed();
    });
  }
  return known;
}

function forgetUnused() {
  for (const [path, { used }] of resources) {
    if (Date.now() - used > FORGOTTEN_MILLIS) {
      resources.delete(path);
    }
  }
}
