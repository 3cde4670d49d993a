Console.WriteLine("CacheOrleans");
