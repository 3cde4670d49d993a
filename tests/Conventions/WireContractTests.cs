using System.Reflection;

namespace CacheOrleans.Conventions;

/// <summary>The wire contract is explicit, and changes to it are visible.</summary>
public sealed class WireContractTests
{
    /// <summary>If set to 1, the test writes the file instead of comparing it.</summary>
    private const string WriteVariable = "CACHEORLEANS_WRITE_CONTRACTS";

    private static readonly string Path =
        System.IO.Path.Combine(Repository.Root, "tests", "Conventions", "WireContracts.txt");

    [Fact]
    public void Contract_IsTheReviewedOne()
    {
        var now = WireContract.Describe();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(Path, now);
        }

        var reviewed = File.ReadAllText(Path).ReplaceLineEndings("\n");
        Assert.True(
            reviewed == now,
            $"What crosses the wire is not what {Path} says. If that is meant, and old and new silos can still speak, "
            + $"run the tests once with {WriteVariable}=1 and commit the file. It is now:\n{now}");
    }

    /// <summary>The types that have kept their alias when they were renamed, so that silos of both versions understand
    /// each other.</summary>
    private static readonly Dictionary<string, string> OldNames = new()
    {
        ["AlertCooldown"] = "AlertHold",
        ["AnnouncedFailures"] = "AlertTold",
        ["IHandOverTarget"] = "IEntryHeir",
        ["SuppressedFailures"] = "AlertHeldBack",
    };

    [Fact]
    public void WireTypes_HaveAnAlias() => Repository.AssertNone(
        "A wire type and a grain interface carry [Alias(\"CacheOrleans.<name>\")].",
        from type in WireContract.Types.Concat(WireContract.Interfaces)
        where WireContract.Alias(type) != $"CacheOrleans.{OldNames.GetValueOrDefault(type.Name, type.Name)}"
        select $"{type.FullName}: '{WireContract.Alias(type)}'");

    [Fact]
    public void GrainMethods_HaveAnAlias() => Repository.AssertNone(
        "A grain method carries [Alias(\"<name>\")].",
        from type in WireContract.Interfaces
        from method in type.GetMethods()
        where WireContract.Alias(method) != method.Name
        select $"{type.FullName}.{method.Name}");

    [Fact]
    public void WireRecords_AreImmutable() => Repository.AssertNone(
        "A wire record carries [Immutable].",
        from type in WireContract.Types
        where type.GetMethod("<Clone>$") is not null && type.GetCustomAttribute<ImmutableAttribute>() is null
        select type.FullName);

    [Fact]
    public void GrainMethodParametersAndResults_AreSerializable() => Repository.AssertNone(
        "Parameters and results of grain methods carry [GenerateSerializer].",
        from carried in WireContract.Carried
        where carried.Type.GetCustomAttribute<GenerateSerializerAttribute>() is null
        select $"{carried.Method.DeclaringType}.{carried.Method.Name}: {carried.Type}");
}
