// The frame of the page: navigation, theme, connection, and which page is shown.

import { h, render } from './dom.js';
import { changed, connect, live, onChange } from './live.js';
import { time, TROUBLED } from './format.js';
import { overview } from './overview.js';
import { slot } from './slot.js';
import { service } from './service.js';
import { cluster } from './cluster.js';
import { events } from './events.js';
import { logs } from './logs.js';
import { calls } from './calls.js';
import { trace, traces } from './traces.js';
import { go, onNavigate } from './navigate.js';

const PAGES = [
  { path: '/ui/', title: 'Overview', show: () => overview() },
  { path: '/ui/logs', title: 'Logs', show: query => logs(query) },
  { path: '/ui/traces', title: 'Traces', show: query => traces(query) },
  { path: '/ui/calls', title: 'Calls', show: query => calls(null, null, query) },
  { path: '/ui/events', title: 'Events', show: query => events(query) },
  { path: '/ui/cluster', title: 'Cluster', show: query => cluster(query) },
];

function page() {
  const path = decoded(location.pathname);
  if (path === null) {
    return nothing('The address of this page is broken', 'A % in it is not followed by the code of a character.');
  }
  const query = new URLSearchParams(location.search);
  const known = PAGES.find(candidate => candidate.path === path);
  if (known) {
    return { title: known.title, content: () => known.show(query) };
  }
  const name = /^\/ui\/slots\/([^/]+)$/.exec(path)?.[1];
  if (name) {
    return { title: name, content: () => slot(name) };
  }
  const serviceName = /^\/ui\/services\/([^/]+)$/.exec(path)?.[1];
  if (serviceName) {
    return { title: serviceName, content: () => service(serviceName) };
  }
  const traceId = /^\/ui\/traces\/([^/]+)$/.exec(path)?.[1];
  if (traceId) {
    return { title: 'Trace', content: () => trace(traceId) };
  }
  const call = /^\/ui\/calls\/(?:([A-Z]+)(?=\/))?(.+)$/.exec(path);
  if (call) {
    const [, method, rest] = call;
    return { title: 'Calls', content: () => calls(method ?? 'GET', method ? rest : `/${rest}`, query) };
  }
  return nothing('There is no such page', `The dashboard has no page ${path}.`);
}

/** Null if the path has escapes that mean nothing. */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function nothing(title, text) {
  return { title, content: () => [h('h1', {}, title), h('p', { class: 'empty' }, text, ' ', h('a', { href: '/ui/' }, 'Go to the overview'))] };
}

function show() {
  const { title, content } = page();
  const troubled = (live.status?.slots ?? []).filter(one => TROUBLED.has(one.state)).length;
  document.title = `${troubled ? `(${troubled}) ` : ''}${title} · Troupe`;
  render(document.getElementById('head'), head());
  render(document.getElementById('banner'), banner());
  if (!render(document.getElementById('main'), content())) {
    changed();
  }
}

function head() {
  return [
    h('a', { class: 'brand', href: '/ui/' }, h('img', { src: '/assets/icon.svg', alt: '', width: 24, height: 24 }), 'Troupe'),
    h('nav', { 'aria-label': 'Pages' }, PAGES.map(({ path, title }) =>
      h('a', { href: path, 'aria-current': location.pathname === path ? 'page' : null }, title))),
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Change between light and dark', onclick: changeTheme }, '◐'),
  ];
}

function banner() {
  if (!live.session) {
    return h('p', { class: 'banner' }, 'The session has ended. Open the link that this prints: ', h('code', {}, 'bin/troupe dashboard'));
  }
  if (live.connected === false) {
    return h('p', { class: 'banner' }, `No connection to the seed node since ${time(new Date(live.since).toISOString())}. What you see is from before; the page tries again each second.`);
  }
  return null;
}

function changeTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const now = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
  setTheme(now === 'dark' ? 'light' : 'dark');
}

function setTheme(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('theme', theme);
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="/ui/"]');
  if (link && !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    const samePage = new URL(link.getAttribute('href'), location.href).pathname === location.pathname;
    go(link.getAttribute('href'));
    if (!samePage) {
      scrollTo(0, 0);
      document.getElementById('main').focus({ preventScroll: true });
    }
  }
});
onNavigate(() => {
  show();
  // What somebody has typed and not sent belongs to the address before this one.
  document.querySelectorAll('form').forEach(form => form.reset());
});
setTheme(localStorage.getItem('theme'));
onChange(show);
// Ages grow while nothing else happens.
setInterval(changed, 1000);
show();
connect();
