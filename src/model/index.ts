/** Batch's nouns and rules, pure: what is true with pencil and paper. */
export * from './dependencies.js';
export * from './job.js';
export * from './node.js';
export * from './pool.js';
export * from './price.js';
export * from './quantity.js';
export * from './quota.js';
export * from './resize.js';
export * from './scenario.js';
export * from './task.js';
export * from './timing.js';
export * from './vm-size.js';
export * from './vm-sizes.js';
