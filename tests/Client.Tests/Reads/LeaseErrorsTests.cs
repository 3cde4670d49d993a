using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Tests.Reads;

public sealed class LeaseErrorsTests
{
    private static readonly Guid Lease = Guid.NewGuid();


    public static TheoryData<Exception?, bool, bool> Errors { get; } = new()
    {
        { null, true, false },
        { null, false, false },
        { new TimeoutException(), true, false },
        { new TimeoutException(), false, false },
        { new SiloUnavailableException(), false, false },
        { new InvalidOperationException(), true, false },
        { new InvalidOperationException(), false, true },
        { new ArgumentException("the key is too long"), true, true },
        { new ArgumentException("the key is too long"), false, true },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void ForCaller_ErrorOfTheOwner_IsPassedOnUnlessTheReadProceeds(
        Exception? error, bool canProceed, bool isPassedOn) =>
        Assert.Same(isPassedOn ? error : null, LeaseErrors.ForCaller(error, canProceed));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ForCaller_FailedFallback_IsItsError(bool canProceed)
    {
        var failure = LeaseErrors.Pack<string>(Lease, LeaseEnd.Failed, new TroubleException("on fire"));

        var error = LeaseErrors.ForCaller(new LeaseFailedException("cache", failure), canProceed);

        Assert.Equal("on fire", Assert.IsType<TroubleException>(error).Message);
        Assert.Equal((Lease, typeof(TroubleException).FullName, false),
            (failure.Lease, failure.ErrorType, failure.IsGivenUp));
    }

    [Fact]
    public void ForCaller_ValueWithoutBytes_IsAnErrorOnlyForReadsThatCannotProceed()
    {
        var failure = LeaseErrors.Pack<string>(Lease, LeaseEnd.NotShareable, error: null);
        var failed = new LeaseFailedException("cache", failure);

        Assert.Null(LeaseErrors.ForCaller(failed, canProceed: true));
        Assert.Same(failed, LeaseErrors.ForCaller(failed, canProceed: false));
        Assert.Equal("CacheOrleans.Client.ValueWithoutBytes", failure.ErrorType); // clients of other versions read it
        Assert.False(failure.IsGivenUp);
    }

    [Fact]
    public void Pack_AbandonedLease_IsGivenUp() =>
        Assert.True(LeaseErrors.Pack<string>(Lease, LeaseEnd.Abandoned, new TroubleException("ignored")).IsGivenUp);
}
