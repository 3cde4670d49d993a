namespace CacheOrleans.Grains.Entries;

/// <summary>The activation around what an entry is made of.</summary>
internal interface IEntryActivation
{
    /// <summary>The key's canonical text; made for each call.</summary>
    string Key { get; }

    /// <summary>Something has begun that the entry must stay for.</summary>
    void OnBegun();

    /// <summary>What the entry holds, or must stay for, has changed.</summary>
    void OnChanged();
}
