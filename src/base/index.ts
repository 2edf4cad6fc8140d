/** Words with no Azure in them: what would be the same for a bakery. */
export * from './assert.js';
export * from './codes.js';
export * from './diagnostic.js';
export * from './diagnostic-formats.js';
export * from './digest.js';
export * from './files.js';
export * from './iso-time.js';
export * from './portable-math.js';
export * from './random.js';
export * from './result.js';
export * from './source.js';
export * from './suggest.js';
export * from './text-edit.js';
export * from './time-ticks.js';
export * from './units.js';
