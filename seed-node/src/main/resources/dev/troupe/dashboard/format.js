// Texts for people.

export function ago(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} m`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

export function time(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return today ? clock : `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${clock}`;
}

/** With milliseconds, for lines that follow each other closely. */
export function exact(iso) {
  return `${time(iso)}.${String(new Date(iso).getMilliseconds()).padStart(3, '0')}`;
}

function pad(number) {
  return String(number).padStart(2, '0');
}

export function span(millis) {
  return millis < 10_000 ? `${(millis / 1000).toFixed(1)} s` : ago(new Date(0), millis);
}

export function bytes(count) {
  if (count >= 1 << 30) {
    return `${(count / (1 << 30)).toFixed(1)} GiB`;
  }
  return count >= 1 << 20 ? `${Math.round(count / (1 << 20))} MiB` : `${Math.ceil(count / (1 << 10))} KiB`;
}

export function rate(perSecond) {
  return perSecond >= 100 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}

export function duration(seconds) {
  if (seconds >= 1) {
    return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  }
  return seconds === 0 ? '0' : `${Number((seconds * 1000).toPrecision(3))} ms`;
}

export function percent(share) {
  return `${share === 0 || share >= 0.1 ? Math.round(share * 100) : Number((share * 100).toPrecision(2))} %`;
}

/** Words for a state, as the command line shows it. */
export const TROUBLED = new Set(['failed', 'backing-off', 'unhealthy']);

const ORDER = ['failed', 'unhealthy', 'backing-off', 'stopping', 'launching', 'joining', 'pending', 'stopped', 'running'];

const NAMES = new Intl.Collator(undefined, { numeric: true });
const sorted = new WeakMap();

/** Those that need somebody first. */
export function sortedByTrouble(slots) {
  if (!sorted.has(slots)) {
    sorted.set(slots, [...slots].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || NAMES.compare(a.slot, b.slot)));
  }
  return sorted.get(slots);
}
