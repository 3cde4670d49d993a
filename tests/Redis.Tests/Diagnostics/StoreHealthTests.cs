using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Redis.Tests.Diagnostics;

public sealed class StoreHealthTests
{
    [Fact]
    public void OnFailure_LogsEachKindOnceUntilASuccess()
    {
        var logger = new FakeLogger<StoreHealth>();
        var health = new StoreHealth("read", logger);

        health.OnSuccess();
        Fail(StoreFailureKind.Connection, StoreFailureKind.Connection);
        Assert.Equal([2001], logger.Events());

        Fail(StoreFailureKind.Authentication, StoreFailureKind.Connection, StoreFailureKind.Authentication);
        Assert.Equal([2001, 2001], logger.Events());

        health.OnSuccess();
        health.OnSuccess();
        Fail(StoreFailureKind.Connection);
        Assert.Equal([2001, 2001, 2002, 2001], logger.Events());

        void Fail(params StoreFailureKind[] kinds) =>
            Array.ForEach(kinds, kind => health.OnFailure(new(kind, new InvalidOperationException("why"))));
    }
}
