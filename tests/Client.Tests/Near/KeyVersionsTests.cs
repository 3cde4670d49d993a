namespace CacheOrleans.Client.Tests.Near;

public sealed class KeyVersionsTests
{
    private readonly NearTable _table = new();

    [Fact]
    public void TryKeep_AnswerOlderThanAnInvalidation_IsNotKept()
    {
        var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
        var asked = keyVersion.Writes;
        _table.KeyVersions.Raise(NearTable.Text(1), 20);

        Assert.False(_table.Keep(keyVersion, asked, 1, "late", stamp: 19));
        Assert.Null(_table.Find(1));
        Assert.True(_table.Keep(keyVersion, asked, 1, "new", stamp: 20));
        Assert.Equal("new", _table.Find(1));
    }

    [Fact]
    public void TryKeep_AnswerFromBeforeAnOwnWrite_IsNotKept()
    {
        var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
        var before = keyVersion.Writes;
        keyVersion.OnChanged();

        Assert.False(_table.Keep(keyVersion, before, 1, "old", stamp: 30));
        Assert.True(_table.Keep(keyVersion, keyVersion.Writes, 1, "new", stamp: 30));
    }

    [Fact]
    public void Cut_ExistingCopies_EndsThem()
    {
        _table.Keep(1, "one", stamp: 10);
        var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
        keyVersion.OnChanged();

        Assert.Null(_table.Find(1));
        Assert.True(_table.Keep(1, "two", stamp: 11));
        Assert.Equal("two", _table.Find(1));
    }

    [Fact]
    public void Raise_LocalLoadStampedWithTheFloor_IsKeptUntilTheNextRaise()
    {
        var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
        _table.KeyVersions.Raise(NearTable.Text(1), 20);

        Assert.Equal(20, keyVersion.Floor);
        Assert.True(_table.Keep(keyVersion, keyVersion.Writes, 1, "local", keyVersion.Floor));
        _table.KeyVersions.Raise(NearTable.Text(1), 21);
        Assert.Null(_table.Find(1));
    }

    [Fact]
    public void Changes_OnInvalidationsAndOwnWrites_Grow()
    {
        var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
        var before = keyVersion.Changes;
        _table.KeyVersions.Raise(NearTable.Text(1), 20);
        var notified = keyVersion.Changes;
        keyVersion.OnChanged();

        Assert.True(before < notified);
        Assert.True(notified < keyVersion.Changes);
    }

    [Fact]
    public void Raise_UntrackedKey_CreatesNoVersion()
    {
        _table.KeyVersions.Raise(NearTable.Text(1), 20);
        Assert.Equal(0, _table.KeyVersions.Count);
    }

    [Fact]
    public void Sweep_VersionHeldOrWithACopy_KeepsIt()
    {
        _table.Keep(1, "one", stamp: 10, TimeSpan.FromSeconds(10));
        var held = _table.KeyVersions.Acquire(NearTable.Text(2));

        _table.Time.Advance(TimeSpan.FromSeconds(9));
        _table.KeyVersions.Sweep(_table.Time.GetTimestamp());
        Assert.Equal(2, _table.KeyVersions.Count);

        _table.Time.Advance(TimeSpan.FromSeconds(1));
        _table.KeyVersions.Sweep(_table.Time.GetTimestamp());
        Assert.Equal(1, _table.KeyVersions.Count);

        held.Release();
        _table.KeyVersions.Sweep(_table.Time.GetTimestamp());
        Assert.Equal(0, _table.KeyVersions.Count);
    }

    [Fact]
    public async Task Hold_DuringASweep_NeverReturnsARetiredVersion()
    {
        using var stop = new CancellationTokenSource();
        var sweeper = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _table.KeyVersions.Sweep(long.MaxValue);
            }
        });

        for (var i = 0; i < 20_000; i++)
        {
            var keyVersion = _table.KeyVersions.Acquire(NearTable.Text(1));
            _table.KeyVersions.Raise(NearTable.Text(1), i + 1);
            Assert.Equal(i + 1, keyVersion.Floor);
            keyVersion.Release();
        }

        await stop.CancelAsync();
        await sweeper;
    }
}
