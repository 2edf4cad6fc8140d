/** The key of a pool's random draws. */
import { combine, keyOf } from '../base/index.js';
import { idKey } from '../model/index.js';

/** By account and id, however that is spelled (ACC-17): the same for a pool that is added again. */
export function poolKeyOf(accountName: string, poolId: string): number {
  return combine(keyOf(accountName), keyOf(idKey(poolId)));
}
