import { expect, test } from 'vitest';
import { ADD_TASK_STATUS, existsStatus, SUCCESS_STATUS } from '../../src/model/index.js';

/** ERR-06 to ERR-09, in the words of the operations. */
const TABLE = `
201 addPool addJob addJobSchedule addCertificate addNodeUser
202 deletePool deleteJob deleteJobSchedule deleteCertificate resizePool stopResizePool removeNodes
202 disableJob enableJob terminateJob terminateJobSchedule rebootNode reimageNode deallocateNode startNode
204 updatePoolProperties enableJobSchedule disableJobSchedule terminateTask reactivateTask cancelCertificateDelete
200 patchPool patchJob updateJob patchJobSchedule updateJobSchedule updateTask addTasks
200 enableAutoScale disableAutoScale evaluateAutoScale deleteTask updateNodeUser deleteNodeUser
200 enableNodeScheduling disableNodeScheduling
`;

const listed = TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [status = '', ...kinds] = line.split(' ');
    return kinds.map((kind) => [kind, Number(status)] as const);
  });

test.each(listed)('ERR-06, ERR-07, ERR-08, ERR-09 %s answers %i', (kind, status) => {
  expect(SUCCESS_STATUS[kind as keyof typeof SUCCESS_STATUS]).toBe(status);
});

test('ERR-06 only operations on applications stand in no rule', () => {
  const others = Object.keys(SUCCESS_STATUS).filter((kind) => !listed.some(([known]) => known === kind));
  expect(others.every((kind) => kind.includes('Application'))).toBe(true);
});

test('ERR-06, ERR-10 a task added by itself answers 201, and HEAD 200 or 404', () => {
  expect([ADD_TASK_STATUS, existsStatus(true), existsStatus(false)]).toEqual([201, 200, 404]);
});
