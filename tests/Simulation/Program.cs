using CacheOrleans.Simulation;

return Runner.Main(args);
