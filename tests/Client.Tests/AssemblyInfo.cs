// Most of these tests wait, for expiries and for what is away: more of them than processors run at a time.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
