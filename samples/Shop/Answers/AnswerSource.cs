using System.Text.Json.Serialization;

namespace CacheOrleans.Shop.Answers;

/// <summary>Where an answer came from, as far as its reader can tell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerSource>))]
public enum AnswerSource
{
    /// <summary>A copy in this process: the answer was there at once.</summary>
    Copy,

    /// <summary>The cluster: the owner's memory, Redis, or a load that another caller ran.</summary>
    Cluster,

    /// <summary>The database: the read's own fallback ran.</summary>
    Database,
}
