/** The terminal: what is drawn there, as text made from data. */
export * from './progress.js';
