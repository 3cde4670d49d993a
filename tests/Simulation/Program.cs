using CacheOrleans.Simulation;

HashSeeds.Set();
return Runner.Main(args);
