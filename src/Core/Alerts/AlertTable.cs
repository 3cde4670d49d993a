using CacheOrleans.Coordination;

namespace CacheOrleans.Alerts;

/// <summary>All that the coordinator of alerts knows and its successor must: every silo carries it.</summary>
/// <param name="Version">Later ones replace earlier ones.</param>
/// <param name="Cooldowns">The keys that are held.</param>
/// <param name="Undelivered">The messages decided and not yet delivered, nor given up; oldest first.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTable")]
public sealed record AlertTable(
    [property: Id(0)] CoordinatorVersion Version,
    [property: Id(1)] AlertCooldown[] Cooldowns,
    [property: Id(2)] AlertNotice[] Undelivered)
{
    /// <summary>What a silo knows that has heard nothing.</summary>
    public static AlertTable Empty { get; } = new(default, [], []);

    /// <summary>Whether there is nothing that a silo should ask about again.</summary>
    public bool IsEmpty => Cooldowns.Length == 0 && Undelivered.Length == 0;

    /// <summary>The same table, some time later.</summary>
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
