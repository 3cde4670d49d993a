using Orleans.Serialization.TypeSystem;
using Orleans.Services;

namespace CacheOrleans;

/// <summary>Answers for a silo by itself, so that a client sees which of its gateways is silent.</summary>
/// <remarks>The gateway that a message of it names takes the message, or nobody does: it is passed on to no other
/// silo.</remarks>
[Alias("CacheOrleans.ISiloProbe")]
internal interface ISiloProbe : IGrainService
{
    private static readonly int TypeCode =
        (int)StableHash.ComputeHash(RuntimeTypeNameFormatter.Format(typeof(ISiloProbe)));

    /// <summary>The id of the one behind a gateway.</summary>
    static GrainId IdAt(SiloAddress gateway) => SystemTargetGrainId.CreateGrainServiceGrainId(
        TypeCode, grainSystemId: null!, SiloAddress.New(gateway.Endpoint, 0));

    /// <summary>Answers.</summary>
    [Alias("AnswerAsync")]
    Task AnswerAsync();
}
