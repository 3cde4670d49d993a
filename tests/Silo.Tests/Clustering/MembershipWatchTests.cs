using CacheOrleans.Silo.Clustering;

namespace CacheOrleans.Silo.Tests.Clustering;

public sealed class MembershipWatchTests
{
    [Theory]
    [InlineData("AAA", true)]
    [InlineData("AA", false)]
    [InlineData("AAPAA", false)]
    [InlineData("AAPAAA", true)]
    [InlineData("UUUUUU", false)]
    [InlineData("AAUA", true)]
    [InlineData("AAUU", false)]
    [InlineData("PPP", false)]
    public void Look_ThreeAbsentLooksInARow_LosesMembership(string sights, bool expected)
    {
        var watch = new MembershipWatch(3);

        var lost = sights.Select(sight => watch.Look(Sight(sight))).ToList()[^1];

        Assert.Equal(expected, lost);
    }

    private static MembershipSight Sight(char letter) => letter switch
    {
        'A' => MembershipSight.Absent,
        'P' => MembershipSight.Present,
        _ => MembershipSight.Unknown,
    };
}
