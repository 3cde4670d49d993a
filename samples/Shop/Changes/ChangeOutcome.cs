namespace CacheOrleans.Shop.Changes;

/// <summary>The outcome of a change.</summary>
internal enum ChangeOutcome
{
    Done,
    NoSuchProduct,
    NotEnoughLeft,
}
