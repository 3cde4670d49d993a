// Most of these tests wait, for expiry or for a timeout, so more of them run at a time than there are processors.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
