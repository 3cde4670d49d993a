namespace CacheOrleans.Shop.Changes;

/// <summary>What became of a change.</summary>
internal enum ChangeOutcome
{
    Done,
    NoSuchProduct,
    NotEnoughLeft,
}
