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

/// <summary>The cooldown of a key, as of the moment it is sent.</summary>
/// <param name="Key">The key.</param>
/// <param name="Message">The id of the last message about the key; empty if the key was refused because too many caches
/// were in their cooldown.</param>
/// <param name="AllowedIn">How long until the key may alert. If zero or less, it may alert now, and is kept because
/// there is still something to announce about it.</param>
/// <param name="IsOpen">Whether the key's problem was announced and has not ended.</param>
/// <param name="SinceMessage">How long ago the last message about the key was decided, or the key was first refused.
/// </param>
/// <param name="FailingFor">How long ago the key's problem began.</param>
/// <param name="Failure">The failure that was announced last.</param>
/// <param name="IsLocal">Whether a silo decided this locally, so that the coordinator does not know it yet.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertHold")]
public sealed record AlertCooldown(
    [property: Id(0)] AlertKey Key,
    [property: Id(1)] Guid Message,
    [property: Id(2)] TimeSpan AllowedIn,
    [property: Id(3)] bool IsOpen,
    [property: Id(4)] TimeSpan SinceMessage,
    [property: Id(5)] TimeSpan FailingFor,
    [property: Id(6)] AlertFailure? Failure,
    [property: Id(7)] bool IsLocal);

/// <summary>Failures that no message has announced.</summary>
/// <param name="Failures">How many failures; one or more.</param>
/// <param name="For">How long ago the first of them may have happened: the time since the previous message.</param>
/// <param name="Silos">How many silos they happened on.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertHeldBack")]
public sealed record SuppressedFailures(
    [property: Id(0)] long Failures, [property: Id(1)] TimeSpan For, [property: Id(2)] int Silos);
