using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Grains.Entries;

/// <summary>How many entries a silo keeps in memory, and how much memory they may use.</summary>
public sealed class CacheEntryOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Entries";

    /// <summary>The most entries a silo owns at a time; beyond it, the least recently used are evicted.</summary>
    /// <value>The default value is 1,000,000; 1 to 100,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxCount { get; set; } = 1_000_000;

    /// <summary>The most memory for the entries, in bytes; each counts as its value plus about 2.6 KB.</summary>
    /// <value>The default value is 0: half of the memory the process may use. At most 2^50.</value>
    [Range(0, 1L << 50)]
    public long MaxBytes { get; set; }

    /// <summary>The most locations of entries and other grains that a silo remembers, so that a call to another silo's
    /// entry needs no directory lookup. One takes about 0.6 KB, even after its entry was evicted.</summary>
    /// <value>The default value is 50,000; 100 to 10,000,000.</value>
    /// <remarks>Sets Orleans' <c>GrainDirectoryOptions.CacheSize</c>, which applies to all grains of a silo.</remarks>
    [Range(100, 10_000_000)]
    public int DirectoryCacheSize { get; set; } = 50_000;
}
