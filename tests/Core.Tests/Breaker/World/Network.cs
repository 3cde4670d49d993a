namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>Carries messages, and loses and delays them as it is told to.</summary>
internal sealed class Network(Agenda agenda, Random random)
{
    private long _era;

    /// <summary>Of how many in a hundred reports, answers and pushes are lost.</summary>
    public int[] Loss { get; } = new int[3];

    /// <summary>The longest that each takes, in milliseconds.</summary>
    public int[] Delay { get; } = [1, 1, 1];

    public void SendReport(Action deliver) => Send(0, deliver);

    public void SendAnswer(Action deliver) => Send(1, deliver);

    public void SendPush(Action deliver) => Send(2, deliver);

    /// <summary>From here on nothing is lost or late.</summary>
    public void Heal()
    {
        Array.Clear(Loss);
        Array.Fill(Delay, 1);
    }

    /// <summary>Loses all that is on its way.</summary>
    public void Cut() => _era++;

    private void Send(int kind, Action deliver)
    {
        if (random.Next(100) < Loss[kind])
        {
            return;
        }

        var era = _era;
        var delay = Delay[kind] <= 1 ? Delay[kind] : random.Next(Delay[kind] + 1);
        agenda.In(TimeSpan.FromMilliseconds(delay), () =>
        {
            if (era == _era)
            {
                deliver();
            }
        });
    }
}
