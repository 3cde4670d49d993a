namespace CacheOrleans.Bench.Stage;

/// <summary>Reads a product through a cache, and loads it when it is missing.</summary>
internal delegate ValueTask<Product?> Reader(IServiceProvider services, int id, Func<Task<Product>> load);
