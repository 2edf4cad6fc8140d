/** Which module does a command's work. Each is loaded only when it is called: start-up is what users feel most. */
import type { CommandName, OptionsOf } from './commands.js';
import type { Handler } from './context.js';

type Handlers = { readonly [K in CommandName]: () => Promise<Handler<OptionsOf<K>>> };

/** One loader a command. */
export const HANDLERS: Handlers = {
  init: async () => (await import('./commands/init.js')).init,
  run: async () => (await import('./commands/run.js')).run,
  validate: async () => (await import('./commands/validate.js')).validate,
  schema: async () => (await import('./commands/schema.js')).schema,
  import: async () => (await import('./commands/import.js')).importCommand,
  why: async () => (await import('./commands/why.js')).why,
  'formula check': async () => (await import('./commands/formula/check.js')).check,
  'formula eval': async () => (await import('./commands/formula/eval.js')).evaluate,
  'formula test': async () => (await import('./commands/formula/test.js')).test,
  'formula repl': async () => (await import('./commands/formula/repl.js')).repl,
  'formula vectors': async () => (await import('./commands/formula/vectors.js')).vectors,
  'formula explain': async () => (await import('./commands/formula/explain.js')).explainCommand,
  'formula plot': async () => (await import('./commands/formula/plot.js')).plot,
  explain: async () => (await import('./commands/explain.js')).explain,
  doctor: async () => (await import('./commands/doctor.js')).doctor,
  completion: async () => (await import('./commands/completion.js')).completion,
};
