/** One run of a scenario. */
export { Simulation, type SimulationOptions, simulate } from './simulation.js';
