/** Why a pool has fewer nodes than it should, or more. */
import { row, SPOT_CHANGE } from './cause-doc.js';

/** Causes of what pools lack. */
export const POOL_DOCS = {
  poolAbsent: row(['POOL-02'], 'it is added {when}', ''),
  poolRefused: row(
    ['ERR-04'],
    'it was never added: Batch refused it with {code}',
    'what the message of the refusal asks for',
  ),
  poolGone: row(['POOL-16'], 'it was deleted', 'leave out that operation'),
  poolDeleting: row(['POOL-16'], 'it is being deleted: {count} {count#node is#nodes are} still there', ''),
  poolMeetsTarget: row(['RSZ-04'], 'it has the nodes that it should have: {targets}', ''),
  poolAllocating: row(
    ['RSZ-04', 'RSZ-06'],
    'it is resizing: {count} {kind} {count#node is#nodes are} still being allocated',
    'a shorter latency alloc (SIM-06), or more capacity',
  ),
  poolShortByQuota: row(
    ['RSZ-05', 'ACC-06'],
    'it is short of {count} {kind} {count#node#nodes}: {code}: {message}',
    'a larger quota, a smaller VM size, or fewer nodes elsewhere; then resize again (RSZ-08)',
  ),
  poolShortByTimeout: row(
    ['RSZ-06', 'ACC-09'],
    'it is short of {count} {kind} {count#node#nodes}: {code}: {message}',
    'more capacity, or a longer resizeTimeout; then resize again (RSZ-08)',
  ),
  poolShortByFailure: row(
    ['RSZ-07'],
    'it is short of {count} {kind} {count#node#nodes}: {code}: {message}',
    'remove the cause, then resize again (RSZ-08)',
  ),
  poolShortByStop: row(
    ['RSZ-10'],
    'it is short of {count} {kind} {count#node#nodes}: {code}: {message}',
    'resize again',
  ),
  poolShortByLimit: row(
    ['POOL-10', 'ACC-12'],
    'it is short of {count} {kind} {count#node#nodes}: {code}: {message}',
    'switch inter-node communication off, or use several pools',
  ),
  poolShort: row(
    ['RSZ-08', 'RSZ-09'],
    'it is short of {count} {kind} {count#node#nodes}',
    'resize again; a lost spot node is sought by itself while quota and capacity allow',
  ),
  poolPreempted: row(
    ['NODE-12', 'RSZ-09'],
    '{count} of its spot nodes {count#is preempted and waits#are preempted and wait} for capacity',
    SPOT_CHANGE,
  ),
  poolStartTasksFailed: row(
    ['START-05'],
    'on {count} of its nodes the start task failed',
    'let the start task succeed, then reboot them',
  ),
  poolUnusable: row(['NODE-13'], '{count} of its nodes {count#is#are} unusable or lost', 'reboot or remove them'),
  poolBooting: row(['NODE-01'], '{count} of its nodes still {count#boots#boot}', ''),
  poolShrinking: row(
    ['RSZ-14'],
    'it shrinks: {count} {count#node still leaves#nodes still leave}',
    'the option requeue in place of taskcompletion',
  ),
  poolDidNotShrink: row(
    ['RSZ-14'],
    'it did not shrink to its target: {code}: {message}',
    'a longer resizeTimeout, or the option requeue',
  ),
  poolFollowsFormula: row(
    ['ASC-05', 'ASC-06'],
    'the last evaluation of its formula wants {targets}{effect}',
    'another formula; autoscale.csv shows what each evaluation came to',
  ),
  poolWaitsToScale: row(
    ['ASC-08'],
    'the last evaluation of its formula wants {targets}, which waits until the nodes that leave have drained',
    'the option requeue in place of taskcompletion',
  ),
  poolFormulaFailed: row(
    ['ASC-05'],
    'the last evaluation of its formula failed, so the targets stay as they were: {code}: {message}',
    'mend the formula, or guard it where samples are missing',
  ),
  poolResized: row(['RSZ-04'], 'resize ({cause}) to {targets}{outcome}', ''),
} as const;
