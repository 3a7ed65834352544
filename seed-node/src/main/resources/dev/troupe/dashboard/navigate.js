// The address of the page, which says all that is shown.

const listeners = new Set();

/** Runs `listener` after each change of the address. */
export function onNavigate(listener) {
  listeners.add(listener);
}

export function go(address) {
  const again = new URL(address, location.href).href === location.href;
  history[again ? 'replaceState' : 'pushState'](null, '', address);
  listeners.forEach(listener => listener());
}

/** Changes parameters of the address; an empty one is left out. */
export function setQuery(parameters) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(parameters)) {
    if (value) {
      query.set(key, value);
    } else {
      query.delete(key);
    }
  }
  go(`${location.pathname}${query.size ? `?${query}` : ''}`);
}

addEventListener('popstate', () => listeners.forEach(listener => listener()));
