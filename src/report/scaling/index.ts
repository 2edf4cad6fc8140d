/** How formulas scale a pool, compared: as SVG, as a page, as a document, as the rows of a table. */
export { type ScalingComparison, type ScalingRun, type SharedAxes, sharedAxes } from './comparison.js';
export { MOST_STRETCHES, SCALING_SCHEMA_VERSION, scalingDocument } from './document.js';
export { FIGURE_HEADS, FIGURE_MEANINGS, figureRow } from './figures.js';
export { scalingPage, scalingPicture } from './page.js';
