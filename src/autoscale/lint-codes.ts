/**
 * What is legal in a formula and rarely meant: BS303n and BS304n, a row for each lint. The lints L1 to L13 are those of
 * section 8 of the language's specification and have the codes BS3031 to BS3043; what follows is ours.
 */
export const LINT_CODES = [
  row(
    'BS3031',
    'no target is set (L1)',
    'A formula acts through $TargetDedicatedNodes and $TargetLowPriorityNodes. One that sets neither is evaluated at every interval and never changes the pool.',
    'Assign one of them. A misspelled name is a variable of your own, which nobody reads.',
  ),
  row(
    'BS3032',
    'a name that differs from a service variable by its case (L2)',
    'Upper and lower case count. $targetDedicatedNodes is a variable of your own: assigning it changes no pool, and whoever reads the formula takes it for the one of the service.',
    'Write the name of the service, or take one that cannot be mistaken for it.',
  ),
  row(
    'BS3033',
    'a metric used as a number (L3)',
    'A metric is a series of samples. Written without a method it stands for its newest sample, which the documentation promises only for the numbers of nodes and slots; and without any sample the evaluation fails.',
    'Ask for samples: avg($PendingTasks.GetSample(window)) behind a guard, or max(0, $PendingTasks.GetSample(1)) for the newest.',
  ),
  row(
    'BS3034',
    'a retired or old name (L4)',
    'The host metrics ($DiskBytes, $NetworkInBytes and their like) were retired on 31 March 2024: the service takes no more samples of them. $CurrentDedicated is the name that $CurrentDedicatedNodes had until 2017.',
    'Take a metric of tasks or nodes, or $CPUPercent. For an old name write the present one.',
  ),
  row(
    'BS3035',
    'one sample decides (L5)',
    'GetSample(1) is the newest sample whatever its age: one late or unusual value moves the pool, and a burst that ends between two samples is never seen. Here nothing else is asked.',
    'Take a window behind a guard, and the newest sample as its fallback: p < 70 ? max(0, $M.GetSample(1)) : max($M.GetSample(1), avg($M.GetSample(w))).',
  ),
  row(
    'BS3036',
    'a window within the last minute (L6)',
    'A sample can be read about a minute after it was taken. A window that ends now and begins within that minute mostly holds few samples or none, so that GetSample fails and GetSamplePercent is low.',
    'Look back further: TimeInterval_Minute * 5, or begin a minute ago: (TimeInterval_Minute, TimeInterval_Minute * 6).',
  ),
  row(
    'BS3037',
    'a percentage taken for a fraction (L7)',
    'GetSamplePercent gives 0 to 100, and the share that GetSample asks for has the same scale: 0.7 is less than one sample in a hundred. A comparison with it is always true or always false as soon as there are samples.',
    'Write 70 for 70 %.',
  ),
  row(
    'BS3038',
    'a window that fails without samples (L8)',
    'GetSample of a window fails the whole evaluation where fewer samples are there than it needs (10 % unless it says otherwise): always in the first minutes of a pool, and whenever samples come late. The pool then keeps its size.',
    'Guard it: $M.GetSamplePercent(w) < 70 ? fallback : avg($M.GetSample(w)); only the branch taken is evaluated. Or say as last argument which share will do.',
  ),
  row(
    'BS3039',
    'a target that is cut to fewer nodes than the tasks need (L9)',
    'A fractional target is truncated: 0.9 nodes are none. Tasks divided by the tasks of a node leave a remainder that never gets its node, so that the last tasks wait for ever.',
    'Round up: ceil(tasks / $TaskSlotsPerNode).',
  ),
  row(
    'BS3040',
    'spot nodes as a share of the dedicated target (L10)',
    'Reading $TargetDedicatedNodes gives the value that this formula has just assigned. Half of it as spot nodes does not split the pool in halves: it adds another half, and an odd number loses one.',
    'Compute the wanted total in a variable of its own, and both targets from it: total - dedicated.',
  ),
  row(
    'BS3041',
    'a window shorter than the time between two samples (L11)',
    'There is a sample every 30 seconds. A shorter window mostly holds none, and one that holds one counts as complete.',
    'Take a window of some minutes.',
  ),
  row(
    'BS3042',
    'Sunday is 0 (L12)',
    'The days of the week count from Monday = 1 to Saturday = 6, and Sunday is 0. Nothing ever equals 7, weekday >= 6 is Saturday alone, and weekday <= 5 includes Sunday.',
    'Compare with 0 for Sunday; working days are weekday >= 1 && weekday <= 5.',
  ),
  row(
    'BS3043',
    'a comment that swallows the rest (L13)',
    'A comment ends with its line. In a formula of a single line everything behind // is comment: a caller that joins lines with blanks loses all statements after the first comment.',
    'Keep the line breaks (in YAML a block that begins with |, not with >), or take the comment out.',
  ),
  row(
    'BS3044',
    'a part that never runs',
    'It stands behind stop(), or in the branch of a condition that is always true or always false.',
    'Take it out, or make the condition depend on something.',
  ),
  row(
    'BS3045',
    'targets that do not fit the pool',
    'The formula was checked for a kind of pool (dedicated, spot or mixed) and sets a target that such a pool does not use, or leaves one of its targets as it was.',
    'Set the targets of that kind. A target that is not assigned keeps its value.',
  ),
  row(
    'BS3046',
    'tasks counted as nodes',
    'A node of this pool runs several tasks at once, and the formula asks for a node for each task.',
    'Divide: ceil(tasks / $TaskSlotsPerNode).',
  ),
] as const;

function row<Code extends string>(code: Code, title: string, story: string, fix: string) {
  return { code, title, story, fix, refusal: null } as const;
}
