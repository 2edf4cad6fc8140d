/**
 * The workloads as scenarios of the library: a million tasks as columns, one ready pool of one-slot nodes, no
 * latencies. `library` is the library's entry, so that the suites can hand in the source and the floor the build.
 */

/** The scenario of a generated workload. The columns are handed over, not copied. */
export function workloadScenario(library, workload) {
  const { w, n, dur, arr, nodes } = workload;
  const vmSize = {
    name: 'Standard_D2s_v5',
    family: 'standardDSv5Family',
    vcpus: 2,
    memoryGib: 8,
    tempDiskGib: 0,
    gpus: 0,
  };
  const pool = library.makePool({
    id: 'pool',
    vmSize,
    targetDedicatedNodes: nodes,
    taskSlotsPerNode: 1,
    timing: library.TIMING_NONE,
    ready: true,
  });
  const tasks = library.makeTasks({
    count: n,
    arrival: w === 'W2' ? { kind: 'trace', atMs: arr } : library.AT_ONCE,
    runtime: dur,
    dependsOn: w === 'W3' ? { taskIds: [], taskIdRanges: [], columns: parentColumns(workload) } : null,
  });
  const job = library.makeJob({ id: 'job', poolId: 'pool', tasks: [tasks] });
  const account = library.makeAccount({ dedicatedCoreQuota: nodes * vmSize.vcpus, pools: [pool], jobs: [job] });
  return library.makeScenario({
    name: w,
    options: { ...library.DEFAULT_OPTIONS, taskOrder: 'ready', taskLifetimeMs: null },
    accounts: [account],
  });
}

/** W3's parents, three a task with gaps, as compressed rows. */
function parentColumns({ n, parents }) {
  const offsets = new Int32Array(n + 1);
  const packed = new Int32Array(parents.length);
  let count = 0;
  for (let task = 0; task < n; task++) {
    for (let k = 3 * task; k < 3 * task + 3; k++) if (parents[k] >= 0) packed[count++] = parents[k];
    offsets[task + 1] = count;
  }
  return { offsets, parents: packed.slice(0, count) };
}

/** The figures that every implementation must agree on, from the columns of a recording. */
export function outcomeOf(w, { tasks }) {
  const scale = w === 'W3' ? 1000 : 1;
  let makespan = 0;
  let sumWait = 0;
  let chk = 0;
  for (let i = 0; i < tasks.count; i++) {
    const start = tasks.startMs[i];
    if (tasks.endMs[i] > makespan) makespan = tasks.endMs[i];
    sumWait += start - tasks.readyMs[i];
    chk += Math.floor(start / scale) * (i & 7);
  }
  return { n: tasks.count, makespan, sumWait, chk };
}
