declare module 'seedrandom/lib/xor128.js' {
  import type { PRNG } from 'seedrandom';

  const xor128: (seed: string) => PRNG;
  export default xor128;
}
