using CacheOrleans.Breaker;
using CacheOrleans.Core.Tests.Breaker.World;
using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Core.Tests.Breaker;

/// <summary>Compares one silo, whose reports are all answered at once, with a plain model of the rules.</summary>
public sealed class OneSiloPropertyTests
{
    private static readonly Gen<(int Kind, int Choice, int Time)[]> Steps =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 7], Gen.Int[0, 9]).Array[1, 120];

    private static readonly long Iterations = Math.Max(Check.Iter, 3000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "B1")]
    [Trait("Row", "B3")]
    [Trait("Row", "B4")]
    [Trait("Row", "B5")]
    [Trait("Row", "B6")]
    [Trait("Row", "B7")]
    public void AnyCalls_OfOneSilo_BehaveLikeTheModel(bool isSimple) =>
        Gen.Select(Gen.Int[1, 13], Gen.Int[0, 9999], Steps).Sample((threshold, seed, steps) =>
        {
            var preset = isSimple ? BreakerOptions.Simple : new BreakerOptions();
            var settings = preset with { FailureThreshold = threshold };
            var run = new Run(settings, seed);
            foreach (var (kind, choice, time) in steps)
            {
                run.Take(kind, choice, time);
            }
        }, iter: Iterations);

    private sealed class Run
    {
        private static readonly string[] Caches = ["user", "user", "user", "home"];

        private readonly BreakerOptions _settings;
        private readonly OneSiloModel _model;
        private readonly CircuitBreaker _coordinator;
        private readonly SiloBreaker _silo;
        private readonly List<BreakerPass> _begun = [];
        private readonly List<TimeSpan> _marks = [];
        private TimeSpan _now;
        private SiloPermit? _permit;

        public Run(BreakerOptions settings, int seed)
        {
            _settings = settings;
            _model = new OneSiloModel(settings);
            _coordinator = new CircuitBreaker(settings, new Random(seed), CoordinatorNow);
            _silo = new SiloBreaker("silo", settings, new Random(seed + 1), _now);
            Report();
        }

        /// <summary>The coordinator's time: its clock differs from the silo's.</summary>
        private TimeSpan CoordinatorNow => _now + TimeSpan.FromDays(3);

        public void Take(int kind, int choice, int time)
        {
            var operation = (StoreOperation)(choice % 2);
            var cache = Caches[choice / 2];
            switch (kind)
            {
                case 0: Begin(); break;
                case 1: EndLate(time, operation, cache, isSuccess: choice % 3 == 0); break;
                case 2: Call(operation, cache, isSuccess: true); break;
                case 3 or 4 or 5 or 6: Call(operation, cache, isSuccess: false); break;
                case 7: Probe(isSuccess: choice != 0); break;
                case 8:
                    Pass(_marks.Select(mark => mark - _now).Where(left => left > TimeSpan.Zero).Order()
                    .ElementAtOrDefault(choice / 2), time); break;
                default: Pass(TimeSpan.FromMilliseconds(10 << (choice * 2)), 1); break;
            }

            Report();
        }

        private void Pass(TimeSpan span, int time)
        {
            var passed = span + TimeSpan.FromTicks((time % 3) - 1);
            _now += passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
        }

        private void Begin()
        {
            if (_silo.View.Admits)
            {
                _begun.Add(new BreakerPass(_silo.View.Generation));
            }
        }

        private void Call(StoreOperation operation, string cache, bool isSuccess)
        {
            if (_silo.View.Admits)
            {
                _begun.Insert(0, new BreakerPass(_silo.View.Generation));
                EndLate(0, operation, cache, isSuccess);
            }
        }

        private void EndLate(int which, StoreOperation operation, string cache, bool isSuccess)
        {
            if (_begun.Count == 0)
            {
                return;
            }

            var pass = _begun[which % _begun.Count];
            _begun.Remove(pass);
            if (isSuccess)
            {
                _silo.OnSuccess(_now, pass, operation);
            }
            else
            {
                _silo.OnFailure(_now, pass, operation, cache);
                _marks.Add(_now + _settings.SamplingDuration);
            }

            if (pass.Generation == _silo.View.Generation)
            {
                _model.OnCall(_now, operation, cache, isSuccess);
            }
            else
            {
                _model.OnLateCall(_now);
            }
        }

        private void Probe(bool isSuccess)
        {
            if (_permit is not { } permit)
            {
                return;
            }

            _permit = null;
            _silo.OnProbed(_now, permit, isSuccess);
            _model.OnProbe(_now, isSuccess);
        }

        private void Report()
        {
            var report = _silo.Report(_now);
            var (answer, transition) = _coordinator.Report(CoordinatorNow, report);
            var decision = _silo.OnAnswer(_now, report, answer);
            Assert.Null(decision.Transition);
            _permit = decision.Permit ?? _permit;
            if (transition is { To: BreakerState.Open, BreakDuration: { } length })
            {
                CheckLength(length, transition.Attempt);
                _marks.Add(_now + length);
            }

            _model.OnReport(_now, transition?.BreakDuration ?? TimeSpan.Zero);
            Assert.Equal(
                (_model.State, _model.Attempt, _model.Count(_now), _model.HasPermit),
                (_silo.View.State, answer.Snapshot.Attempt, _silo.CountFailures(_now), answer.Permit is not null));
            Assert.Equal(_silo.View.State is BreakerState.Closed, _silo.View.Admits);
            Assert.Equal(_coordinator.Evidence(CoordinatorNow).Failures, _model.Count(_now));
        }

        private void CheckLength(TimeSpan length, int attempt)
        {
            var full = _settings.BreakDuration;
            for (var i = 0; i < attempt; i++)
            {
                full = full * _settings.BackoffMultiplier > _settings.MaxBreakDuration
                    ? _settings.MaxBreakDuration
                    : full * _settings.BackoffMultiplier;
            }

            Assert.InRange(
                length, full * (1 - _settings.Jitter), Min(full * (1 + _settings.Jitter), _settings.MaxBreakDuration));
        }

        private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }
}
