/** Completion scripts, one maker a shell. */
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { pwshScript } from './pwsh.js';
import { zshScript } from './zsh.js';

/** By the name that `batchsim completion` takes. */
export const COMPLETION_SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript, pwsh: pwshScript } as const;
export type Shell = keyof typeof COMPLETION_SCRIPTS;
