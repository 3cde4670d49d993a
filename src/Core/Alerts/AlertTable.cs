using CacheOrleans.Coordination;

namespace CacheOrleans.Alerts;

/// <summary>The state of the coordinator of alerts that its successor needs; every silo keeps a copy of it.</summary>
/// <param name="Version">The table's version; a later table replaces an earlier one.</param>
/// <param name="Cooldowns">The cooldowns of the keys.</param>
/// <param name="Undelivered">The messages that were decided, but neither delivered nor given up; oldest first.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTable")]
public sealed record AlertTable(
    [property: Id(0)] CoordinatorVersion Version,
    [property: Id(1)] AlertCooldown[] Cooldowns,
    [property: Id(2)] AlertNotice[] Undelivered)
{
    /// <summary>The table of a silo that has not received one yet.</summary>
    public static AlertTable Empty { get; } = new(default, [], []);

    /// <summary>Whether the table is empty, so that silos need not report to learn of changes.</summary>
    public bool IsEmpty => Cooldowns.Length == 0 && Undelivered.Length == 0;

    /// <summary>Returns the same table with its ages as they are some time later.</summary>
    public AlertTable After(TimeSpan time) => this with
    {
        Cooldowns =
        [
            .. Cooldowns.Select(cooldown => cooldown with
            {
                AllowedIn = cooldown.AllowedIn - time,
                SinceMessage = cooldown.SinceMessage + time,
                FailingFor = cooldown.FailingFor + time,
            }),
        ],
    };
}
