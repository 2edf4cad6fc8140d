/** The real machine: its files, its folders, its refusals. */
export * from './files.js';
export * from './io-error.js';
export * from './run-folder.js';
export * from './text-file.js';
