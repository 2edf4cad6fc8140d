/**
 * The floor: what a bare loop in JavaScript needs for a workload. Typed arrays, a 4-ary heap of (time, payload), no
 * features at all. It is the yardstick of `npm run bench:floor`, so it changes only together with its figures.
 * usage: node floor-soa.mjs W1..W4 [n]
 */
import { childrenOf, gen, N, report } from './gen.mjs';

const w = process.argv[2],
  n = +(process.argv[3] ?? N[w]);
const t0 = performance.now();
const wl = gen(w, n),
  { arr, dur } = wl;
const t1 = performance.now();
let cap = 4096,
  hk = new Float64Array(cap),
  hp = new Int32Array(cap),
  hn = 0;
function push(t, p) {
  if (hn === cap) {
    cap *= 2;
    const k2 = new Float64Array(cap),
      p2 = new Int32Array(cap);
    k2.set(hk);
    p2.set(hp);
    hk = k2;
    hp = p2;
  }
  let i = hn++;
  while (i > 0) {
    const q = (i - 1) >> 2;
    if (hk[q] <= t) break;
    hk[i] = hk[q];
    hp[i] = hp[q];
    i = q;
  }
  hk[i] = t;
  hp[i] = p;
}
function popTop() {
  const last = --hn,
    t = hk[last],
    p = hp[last];
  let i = 0;
  for (;;) {
    let c = (i << 2) + 1;
    if (c >= last) break;
    const e = c + 4 < last ? c + 4 : last;
    let m = c,
      mk = hk[c];
    for (c++; c < e; c++)
      if (hk[c] < mk) {
        mk = hk[c];
        m = c;
      }
    if (mk >= t) break;
    hk[i] = mk;
    hp[i] = hp[m];
    i = m;
  }
  hk[i] = t;
  hp[i] = p;
}
const maxNodes = wl.maxNodes ?? wl.nodes;
const start = new Float64Array(n),
  nodeOf = new Int32Array(n),
  nodeTask = new Int32Array(maxNodes);
const fifo = new Int32Array(n),
  free = new Int32Array(maxNodes);
let qh = 0,
  qt = 0,
  fn = 0,
  ai = 0,
  done = 0,
  makespan = 0;
let ready, off, kid, deg, dead;
const dag = w === 'W3',
  auto = w === 'W4';
if (dag) {
  ({ off, kid, deg } = childrenOf(wl));
  ready = new Float64Array(n);
  for (; ai < n && deg[ai] === 0; ai++) fifo[qt++] = ai;
  ai = n;
}
for (let i = wl.nodes - 1; i >= 0; i--) free[fn++] = i;
let alloc = wl.nodes,
  peak = alloc,
  evals = 0,
  nodeTime = 0,
  lastT = 0,
  dn = 0;
const EVAL = 1 << 30,
  BOOT = 1 << 29;
if (auto) {
  dead = new Int32Array(maxNodes);
  for (let i = maxNodes - 1; i >= 0; i--) dead[dn++] = i;
  push(wl.evalPhase, EVAL);
}
let now = 0;
for (;;) {
  while (qh < qt && fn > 0) {
    const k = fifo[qh++],
      d = free[--fn];
    start[k] = now;
    nodeOf[k] = d;
    nodeTask[d] = k;
    push(now + dur[k], d);
  }
  const ta = ai < n ? arr[ai] : Infinity,
    th = hn ? hk[0] : Infinity;
  if (th <= ta) {
    if (th === Infinity) break;
    now = th;
    const p = hp[0];
    popTop();
    if (p < BOOT) {
      const k = nodeTask[p];
      done++;
      makespan = now;
      free[fn++] = p;
      if (dag)
        for (let j = off[k], e = off[k + 1]; j < e; j++) {
          const c = kid[j];
          if (--deg[c] === 0) {
            ready[c] = now;
            fifo[qt++] = c;
          }
        }
    } else if (p < EVAL) free[fn++] = p - BOOT;
    else {
      evals++;
      const demand = ai - done,
        target = demand < maxNodes ? demand : maxNodes;
      if (target !== alloc) {
        nodeTime += alloc * (now - lastT);
        lastT = now;
      }
      while (alloc < target) {
        alloc++;
        push(now + wl.boot, BOOT + dead[--dn]);
      }
      while (alloc > target && fn > 0) {
        alloc--;
        dead[dn++] = free[--fn];
      }
      if (alloc > peak) peak = alloc;
      if (done < n) push(now + wl.evalEvery, EVAL);
    }
  } else {
    now = ta;
    fifo[qt++] = ai++;
  }
}
const extra = {};
if (dag) extra.ready = ready;
if (auto) {
  nodeTime += alloc * (makespan - lastT);
  Object.assign(extra, { nodeTime, peak, evals });
}
report('js-soa', wl, start, makespan, extra, t0, t1, performance.now());
