/** One run of a scenario, and what its formulas saw. */
export { FormulaHistory, type FormulaMoment, type PastEvaluation } from './pools/formula-history.js';
export { Simulation, type SimulationOptions, simulate } from './simulation.js';
