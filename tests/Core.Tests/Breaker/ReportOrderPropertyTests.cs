using CacheOrleans.Breaker;
using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>Compares a coordinator that gets reports repeatedly, late or out of order with a twin that gets each report
/// once and in order.</summary>
public sealed class ReportOrderPropertyTests
{
    private static readonly Gen<(int Kind, int Silo, int Choice)[]> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 29]).Array[1, 100];

    [Fact]
    public void OldReport_Repeated_ChangesNothing() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Bool, Steps).Sample((seed, isSimple, steps) =>
        {
            var preset = isSimple ? BreakerOptions.Simple : new BreakerOptions();
            var run = new Run(preset with { FailureThreshold = 4, BreakDuration = TimeSpan.FromSeconds(8) }, seed);
            foreach (var (kind, silo, choice) in steps)
            {
                run.Take(kind, silo, choice);
            }
        }, iter: Math.Max(Check.Iter, 3000));

    private sealed class Run
    {
        private readonly CircuitBreaker _troubled;
        private readonly CircuitBreaker _twin;
        private readonly SiloBreaker[] _silos;
        private readonly List<BreakerReport> _history = [];
        private TimeSpan _now;

        public Run(BreakerOptions settings, int seed)
        {
            _troubled = new CircuitBreaker(settings, new Random(seed), _now);
            _twin = new CircuitBreaker(settings, new Random(seed), _now);
            _silos = [.. Enumerable.Range(0, 3).Select(i => new SiloBreaker($"{i}", settings, new Random(i), _now))];
            Array.ForEach(_silos, Report);
        }

        public void Take(int kind, int silo, int choice)
        {
            switch (kind)
            {
                case 0 or 1 or 2: Fail(_silos[silo], choice); break;
                case 3 or 4 or 5: Repeat(choice); break;
                case 6: Pass(TimeSpan.FromMilliseconds(choice * 300)); break;
                case 7: Pass(_silos[silo].Known(_now).TimeLeft ?? TimeSpan.Zero); break;
                default: Report(_silos[silo]); break;
            }
        }

        /// <summary>Lets time pass, with a report of every silo afterwards: a silo that does not report for too long is
        /// forgotten, and then its old reports would count again.</summary>
        private void Pass(TimeSpan time)
        {
            _now += time;
            Array.ForEach(_silos, Report);
        }

        private void Fail(SiloBreaker silo, int choice)
        {
            silo.OnFailure(_now, new BreakerPass(silo.View.Generation), (StoreOperation)(choice % 2), $"{choice % 5}");
            Report(silo);
        }

        private void Report(SiloBreaker silo)
        {
            var report = silo.Report(_now);
            _history.Add(report);
            var answer = _troubled.Report(_now, report).Answer;
            Assert.Equal(answer, _twin.Report(_now, report).Answer);
            if (silo.OnAnswer(_now, report, answer).Permit is { } permit)
            {
                silo.OnProbed(_now, permit, permit.Permit.Id % 3 != 0);
            }
        }

        private void Repeat(int back)
        {
            var before = _troubled.Snapshot(_now);
            var decision = _troubled.Report(_now, _history[^(1 + (back % _history.Count))]);
            Assert.Null(decision.Transition);
            Assert.Null(decision.Answer.Permit);
            Assert.Equal(before, _troubled.Snapshot(_now));
        }
    }
}
