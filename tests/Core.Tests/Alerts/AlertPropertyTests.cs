using CacheOrleans.Alerts;
using CsCheck;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>Checks alerts after random failures, successes and waits on a few silos.</summary>
public sealed class AlertPropertyTests
{
    private const int SiloCount = 3;

    private static readonly string[] Names = ["a", "b", "c", "d"];

    private enum Act
    {
        Fail,
        Succeed,
        Pass,
        Replace,
    }

    private static readonly Gen<(Act Act, int Silo, int Name, int Stage, int Amount)[]> Histories = Gen.Select(
        Gen.Frequency((6, Gen.Const(Act.Fail)), (3, Gen.Const(Act.Succeed)), (4, Gen.Const(Act.Pass))),
        Gen.Int[0, SiloCount - 1],
        Gen.Int[0, Names.Length - 1],
        Gen.Int[0, 2],
        Gen.Frequency((3, Gen.Int[1, 10]), (2, Gen.Int[10, 120]), (1, Gen.Int[120, 900])))
        .Array[1, 60];

    [Fact]
    public void AnyHistory_EveryFailureIsReportedOnceAndCooldownsHold() => Histories.Sample(history =>
    {
        var alerts = Run(history, maxKeys: 6, out var failures);
        End(alerts);

        foreach (var name in Names)
        {
            var notices = alerts.Sent.Where(notice => notice.Key.Name == name).ToList();
            var reported = notices.Sum(notice =>
                (notice.Kind == AlertNoticeKind.Failing ? 1 : 0) + (notice.Suppressed?.Failures ?? 0));
            Assert.Equal(failures.GetValueOrDefault(name), reported);
        }

        CheckCooldowns(alerts);
        CheckEnds(alerts);
    });

    /// <remarks>There are two places for four names, so that some names are refused.</remarks>
    [Fact]
    [Trait("Row", "A3")]
    public void AnyHistory_WithFewPlaces_NoMoreKeysThanTheMaximumAlert() => Histories.Sample(history =>
    {
        var alerts = Run(history, maxKeys: 2, out _);
        End(alerts);

        var messages = alerts.Sent.Where(notice => notice.Kind == AlertNoticeKind.Failing).ToList();
        foreach (var message in messages)
        {
            Assert.InRange(
                messages.Count(other =>
                    other.At <= message.At && message.At - other.At < alerts.Options.Cooldown),
                1,
                2);
        }

        CheckCooldowns(alerts);
        CheckEnds(alerts);
    });

    /// <remarks>What a lost coordinator had counted but not announced is counted again, from what the silos hold.
    /// </remarks>
    [Fact]
    public void AnyHistory_WithCoordinatorsLost_CooldownsHold() => Histories.Sample(history =>
    {
        var replaced = history.Select((step, i) => i % 7 == 6 ? step with { Act = Act.Replace } : step).ToArray();
        var alerts = Run(replaced, maxKeys: 6, out var failures);
        End(alerts);

        Assert.Equal(failures.Keys.Order(), alerts.Sent.Select(notice => notice.Key.Name).Distinct().Order());
        CheckCooldowns(alerts);
        CheckEnds(alerts);
    });

    private static TestAlerts Run(
        (Act Act, int Silo, int Name, int Stage, int Amount)[] history,
        int maxKeys,
        out Dictionary<string, long> failures)
    {
        var alerts = new TestAlerts(SiloCount, new AlertOptions { MaxKeys = maxKeys });
        failures = [];
        foreach (var (act, silo, name, stage, amount) in history)
        {
            switch (act)
            {
                case Act.Fail:
                    alerts.Fail(Names[name], silo, (AlertStage)stage, amount);
                    failures[Names[name]] = failures.GetValueOrDefault(Names[name]) + amount;
                    break;
                case Act.Succeed:
                    alerts.Succeed(Names[name], silo, (AlertStage)stage);
                    break;
                case Act.Pass:
                    alerts.Pass(TimeSpan.FromSeconds(amount));
                    break;
                case Act.Replace:
                    alerts.Replace(silo);
                    break;
            }
        }

        return alerts;
    }

    /// <summary>Ends all problems, and checks that every key is forgotten and no silo has anything to report.</summary>
    private static void End(TestAlerts alerts)
    {
        foreach (var stage in Enum.GetValues<AlertStage>())
        {
            foreach (var name in Names)
            {
                alerts.Succeed(name, 0, stage);
            }
        }

        alerts.PassMinutes(60);
        alerts.Deliver();
        alerts.PassMinutes(1);
        Assert.Empty(alerts.Coordinator.Keys(alerts.Now));
        Assert.All(alerts.Silos, silo => Assert.Equal((false, TimeSpan.MaxValue), (silo.HasProblems, silo.NextReport)));
    }

    private static void CheckCooldowns(TestAlerts alerts)
    {
        foreach (var key in alerts.Sent.GroupBy(notice => notice.Key))
        {
            var times = key.Where(notice => notice.Kind == AlertNoticeKind.Failing)
                .DistinctBy(notice => notice.Id).Select(notice => notice.At).ToList();
            Assert.All(
                times.Zip(times.Skip(1)),
                pair => Assert.True(pair.Second - pair.First >= alerts.Options.Cooldown));
        }
    }

    /// <summary>Checks that a problem is resolved exactly once each time it was announced.</summary>
    private static void CheckEnds(TestAlerts alerts)
    {
        foreach (var key in alerts.Sent.GroupBy(notice => notice.Key))
        {
            var isOpen = false;
            foreach (var notice in key)
            {
                Assert.True(notice.Kind != AlertNoticeKind.Resolved || isOpen);
                isOpen = notice.Kind != AlertNoticeKind.Resolved
                    && (isOpen || notice.Kind == AlertNoticeKind.Failing);
            }

            Assert.False(isOpen);
        }
    }
}
