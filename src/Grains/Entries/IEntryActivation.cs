namespace CacheOrleans.Grains.Entries;

/// <summary>The grain activation that an entry's parts belong to.</summary>
internal interface IEntryActivation
{
    /// <summary>The key's canonical text; allocated on each call.</summary>
    string Key { get; }

    /// <summary>Whether the entry was evicted: the activation ends with the calls that run in it.</summary>
    bool IsLeaving { get; }

    /// <summary>Called when work has begun that the activation must stay for.</summary>
    void OnBegun();

    /// <summary>Called when the entry's value, or the work that the activation must stay for, has changed.</summary>
    void OnChanged();
}
