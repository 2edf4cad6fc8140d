// biome-ignore-all lint/suspicious/noAssignInExpressions: kept as it was measured
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: the digits are part of the workloads' definition
/** Generators of the workloads W1 to W4. Every port to another language must produce the same integers (../README.md). */

/** 32-bit unsigned draws. */
export function xorshift32(seed) {
  let x = seed >>> 0;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>>= 0);
  };
}
const POW2 = Float64Array.from({ length: 33 }, (_, i) => 2 ** i);
const LN2 = 0.6931471805599453,
  SQRT_HALF = 0.7071067811865476;
/** -ln(k / 2^32), k in 1..2^32-1, with + - * / only, so that the bits agree in every language. */
export function expo(k) {
  let e = 32 - Math.clz32(k);
  let m = k / POW2[e];
  if (m < SQRT_HALF) {
    m *= 2;
    e -= 1;
  }
  const s = (m - 1) / (m + 1),
    z = s * s;
  const ln = 2 * s * (1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z / 13))))));
  return -(ln + (e - 32) * LN2);
}
/** The tasks of a workload as columns: run times, arrivals and, for W3, three parents each (-1: none). */
export function gen(w, n) {
  const dur = new Float64Array(n),
    arr = new Float64Array(n);
  if (w === 'W1') {
    const r = xorshift32(12345);
    for (let i = 0; i < n; i++) dur[i] = 60000 + (r() % 480001);
    return { w, n, dur, arr, nodes: 1000 };
  }
  if (w === 'W2') {
    const r = xorshift32(23456);
    let t = 0;
    for (let i = 0; i < n; i++) {
      t += Math.floor(0.5 + expo(r()) * (60000 / 90));
      arr[i] = t;
      dur[i] = Math.floor(0.5 + expo(r()) * 60000);
    }
    return { w, n, dur, arr, nodes: 100 };
  }
  if (w === 'W3') {
    const r = xorshift32(34567),
      W = 1000,
      parents = new Int32Array(3 * n).fill(-1);
    for (let i = 0; i < n; i++) {
      dur[i] = 1000000 + (r() % 599000001);
      const layer = Math.floor(i / W);
      if (layer > 0) for (let k = 0; k < 3; k++) parents[3 * i + k] = (layer - 1) * W + k * 333 + (r() % 333);
    }
    return { w, n, dur, arr, nodes: 500, parents, width: W };
  }
  if (w === 'W4') {
    const r = xorshift32(45678);
    let i = 0,
      cum = 0;
    for (let m = 0; m < 1440; m++) {
      const before = Math.floor((cum * n) / 604800);
      cum += 60 + Math.min(m, 1440 - m);
      const c = Math.floor((cum * n) / 604800) - before;
      for (let k = 0; k < c; k++, i++) {
        arr[i] = m * 60000 + Math.floor(((k * 1000 + (r() % 1000)) * 60) / c);
        dur[i] = 30000 + (r() % 180001);
      }
    }
    return { w, n, dur, arr, nodes: 0, maxNodes: 1000, evalEvery: 300000, evalPhase: 0.25, boot: 179999.75 };
  }
  throw new Error(`unknown workload ${w}`);
}
/** The children of each task in CSR form, ascending by child id. */
export function childrenOf(wl) {
  const { n, parents } = wl,
    off = new Int32Array(n + 1),
    deg = new Uint8Array(n);
  for (let j = 0; j < 3 * n; j++) {
    const p = parents[j];
    if (p >= 0) {
      off[p + 1]++;
      deg[(j / 3) | 0]++;
    }
  }
  for (let i = 0; i < n; i++) off[i + 1] += off[i];
  const kid = new Int32Array(off[n]),
    pos = off.slice(0, n);
  for (let j = 0; j < 3 * n; j++) {
    const p = parents[j];
    if (p >= 0) kid[pos[p]++] = (j / 3) | 0;
  }
  return { off, kid, deg };
}
/** Full sizes. */
export const N = { W1: 1000000, W2: 1000000, W3: 200000, W4: 300000 };
/** Prints one line of JSON: what came out, and how long it took. */
export function report(impl, wl, start, makespan, extra, t0, t1, t2) {
  let sw = 0,
    chk = 0;
  const { arr, n } = wl,
    ready = extra.ready ?? arr,
    sc = wl.w === 'W3' ? 1000 : 1;
  for (let i = 0; i < n; i++) {
    sw += start[i] - ready[i];
    chk += Math.floor(start[i] / sc) * (i & 7);
  }
  delete extra.ready;
  const q = (t) => Math.round(t * 1000) / 1000;
  console.log(
    JSON.stringify({
      w: wl.w,
      impl,
      n,
      makespan,
      sumWait: sw,
      chk,
      ...extra,
      genMs: q(t1 - t0),
      simMs: q(t2 - t1),
      rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}
