/** What one run left behind, as columns: the contract, its file form, and the measures taken from it. */
export * from './attempts.js';
export * from './costs.js';
export { decodeRecording, openRecording, RecordingFile } from './decode.js';
export { encodeRecording } from './encode.js';
export * from './measures.js';
export * from './naming.js';
export * from './node-summary.js';
export * from './recording.js';
export * from './replay.js';
export * from './spending.js';
export * from './statistics.js';
export * from './summary.js';
export * from './task-names.js';
export * from './warnings.js';
export * from './world-state.js';
