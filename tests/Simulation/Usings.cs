global using CacheOrleans.Simulation.Engine;
