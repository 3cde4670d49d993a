using CacheOrleans.Entries;

namespace CacheOrleans.Grains.Entries;

/// <summary>Work for an entry that runs, and that all who need its result share.</summary>
/// <param name="Task">The work.</param>
/// <param name="Ticket">The state of the entry when it began: a set or a remove detaches the work, and who asks later
/// begins anew.</param>
internal sealed record SharedWork<T>(Task<T> Task, LoadTicket Ticket);
