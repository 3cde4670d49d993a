namespace CacheOrleans.Core.Tests.Breaker.World;

/// <summary>Carries messages, and loses and delays them as the test sets it.</summary>
internal sealed class Network(Agenda agenda, Random random)
{
    private long _era;

    /// <summary>The percentage of reports, answers and pushes that are lost.</summary>
    public int[] Loss { get; } = new int[3];

    /// <summary>The longest delay of reports, answers and pushes, in milliseconds.</summary>
    public int[] Delay { get; } = [1, 1, 1];

    public void SendReport(Action deliver) => Send(0, deliver);

    public void SendAnswer(Action deliver) => Send(1, deliver);

    public void SendPush(Action deliver) => Send(2, deliver);

    /// <summary>Ends losses and delays.</summary>
    public void Heal()
    {
        Array.Clear(Loss);
        Array.Fill(Delay, 1);
    }

    /// <summary>Loses all messages that are under way.</summary>
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
