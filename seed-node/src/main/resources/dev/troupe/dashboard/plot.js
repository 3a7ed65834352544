// The element that draws a chart, with uPlot, which is loaded when the first one is shown.

import { time } from './format.js';

const charts = new Map();
const MOST_CHARTS = 100;
const AXIS_WIDTH = 62;
const FONT = '11px system-ui, sans-serif';

/** The chart `key` shows this from now on. */
export function show(key, chart) {
  charts.delete(key);
  charts.set(key, chart);
  if (charts.size > MOST_CHARTS) {
    charts.delete(charts.keys().next().value);
  }
}

let library = null;

function load() {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = '/assets/uPlot.iife.min.js';
    script.onload = () => loaded(window.uPlot);
    script.onerror = () => {
      library = null;
      failed(new Error('the library of the charts is not there'));
    };
    document.head.append(script);
  });
  return library;
}

class LoadChart extends HTMLElement {
  static observedAttributes = ['data-chart', 'data-shown', 'data-marks'];

  connectedCallback() {
    this.resizes = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.resizes.observe(this);
    this.draw();
  }

  disconnectedCallback() {
    this.resizes.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  attributeChangedCallback() {
    if (this.isConnected && !this.isDue) {
      this.isDue = true;
      // After all attributes of one rendering.
      queueMicrotask(() => this.draw());
    }
  }

  size() {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  async draw() {
    this.isDue = false;
    const chart = charts.get(this.dataset.chart);
    if (!chart || !this.dataset.shown) {
      return;
    }
    let Plot;
    try {
      Plot = await load();
    } catch {
      return;
    }
    if (!this.isConnected) {
      return;
    }
    const data = [chart.columns[0].map((_, i) => chart.from + i * chart.step), ...chart.columns];
    this.chart = chart;
    if (this.plot && this.drawn === this.dataset.chart) {
      this.plot.setData(data);
      return;
    }
    this.plot?.destroy();
    this.replaceChildren();
    this.drawn = this.dataset.chart;
    this.plot = new Plot(options(this, chart), data, this);
    this.reading = document.createElement('span');
    this.reading.className = 'reading';
    this.append(this.reading);
  }

  read(index) {
    const { columns, lines, text, marks, from, step } = this.chart;
    if (!this.reading) {
      return;
    }
    if (index === null || index === undefined) {
      this.reading.textContent = '';
      return;
    }
    const at = from + index * step;
    const figures = lines.map(([, label], i) => (columns[i][index] === null ? null : `${label} ${text(columns[i][index])}`));
    const near = marks.filter(mark => mark.at >= at && mark.at < at + step).map(mark => mark.text);
    this.reading.textContent = [time(new Date(at * 1000).toISOString()), ...figures, ...near].filter(Boolean).join(' · ');
  }
}

function options(element, { lines, least, text }) {
  const axis = { stroke: () => colour('--muted'), font: FONT, grid: { stroke: () => colour('--line'), width: 1 }, ticks: { show: false } };
  return {
    ...element.size(),
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: { y: { range: (plot, low, high) => [0, Math.max(least, (high ?? 0) * 1.1)] } },
    axes: [
      { ...axis, size: 26, values: (plot, splits) => splits.map(clock) },
      { ...axis, size: AXIS_WIDTH, space: 28, values: (plot, splits) => splits.map(text) },
    ],
    series: [{}, ...lines.map(([, label, line]) => ({
      label, width: 1.5, stroke: () => colour(`--chart-${line}`), points: { filter: lonely, size: 4 },
    }))],
    hooks: {
      draw: [plot => marked(plot, element.chart.marks)],
      setCursor: [plot => element.read(plot.cursor.idx)],
    },
  };
}

// A line needs two neighbours; what has none is a point.
function lonely(plot, series) {
  const column = plot.data[series];
  const known = i => column[i] !== null && column[i] !== undefined;
  return column.map((_, i) => i).filter(i => known(i) && !known(i - 1) && !known(i + 1));
}

function marked(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { at, kind } of marks) {
    const x = Math.round(plot.valToPos(at, 'x', true));
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.strokeStyle = colour(kind === 'end' ? '--bad' : '--good');
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function clock(seconds) {
  return time(new Date(seconds * 1000).toISOString()).slice(-8, -3);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function redraw() {
  document.querySelectorAll('load-chart').forEach(one => one.plot?.redraw(false, true));
}

customElements.define('load-chart', LoadChart);
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
