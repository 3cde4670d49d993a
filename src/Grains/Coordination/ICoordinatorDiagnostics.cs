namespace CacheOrleans.Grains.Coordination;

/// <summary>Records whether a coordinator answers this silo's reports.</summary>
internal interface ICoordinatorDiagnostics
{
    /// <summary>Records whether a report was answered in time.</summary>
    void OnReport(bool isAnswered);

    /// <summary>Records that the coordinator has stopped answering.</summary>
    void OnUnresponsive(Exception exception);

    /// <summary>Records that the coordinator answers again.</summary>
    void OnResponsive();
}
