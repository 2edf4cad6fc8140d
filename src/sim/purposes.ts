/** What a random draw is for: one number each, so that a new kind of draw shifts nothing elsewhere (SIM-05). */
export const PURPOSE = {
  runtime: 1,
  exitCode: 2,
  dispatch: 3,
  alloc: 4,
  allocPerNode: 5,
  boot: 6,
  create: 7,
  start: 8,
  taskOrder: 9,
  jobOrder: 10,
} as const;
