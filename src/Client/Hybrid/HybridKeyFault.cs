namespace CacheOrleans.Client.Hybrid;

/// <summary>Why a key cannot be cached under.</summary>
internal enum HybridKeyFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It is null, empty or white space.</summary>
    Empty,

    /// <summary>It is longer than the options allow.</summary>
    TooLong,

    /// <summary>It has one of the characters below U+0020.</summary>
    ControlCharacter,
}
