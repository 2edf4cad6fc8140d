/** The terminal: what is drawn there, as text made from data. */
export * from './plot/area-plot.js';
export * from './plot/pool-plot.js';
export * from './progress.js';
