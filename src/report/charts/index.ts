/** Pure functions from data to static SVG text: no DOM, no clock, the same bytes for the same data. */
export { percentileBand } from './band.js';
export { CHART_HEIGHT, CHART_WIDTH, type ChartSpec, chart, type Frame, type LegendEntry, type Mark } from './frame.js';
export { type GanttBars, gantt } from './gantt.js';
export { type HeatGrid, heatmap } from './heatmap.js';
export { missMarks, stepLine, straightLine } from './lines.js';
export { type Panel, pictureFile } from './picture.js';
export { type Layer, stackedSteps } from './stack.js';
export { CHART_FILLS, CHART_LINES, CHART_STYLE, type ChartFill, type ChartLine, chartPatterns } from './style.js';
export { escapeText } from './svg.js';
export { type ChartUnit, topOf, valueLabel } from './value-axis.js';
