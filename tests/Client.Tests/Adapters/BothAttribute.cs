using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace CacheOrleans.Client.Tests.Adapters;

/// <summary>Runs a test against Microsoft's implementation and against this project's, because both must meet the same
/// contract.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothAttribute : DataAttribute
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(Implementation.Microsoft), new TheoryDataRow(Implementation.Cluster)]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}
